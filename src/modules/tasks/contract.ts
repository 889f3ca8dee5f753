export * from './dualDuty.ts'
export * from './life.ts'
export * from './shapes.ts'
export * from './substance.ts'

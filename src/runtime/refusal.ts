export interface Refusal extends Error {
  readonly code: string
}

/** An error for the person at the machine: `code` in kebab case for programs, `says` in Chinese with what happened and what to do. */
export function refusal(code: string, says: string): Refusal {
  return Object.assign(new Error(says), { name: 'Refusal', code })
}

/** True when the error was made by `refusal`, so its message may be shown as it is. */
export const isRefusal = (error: unknown): error is Refusal => error instanceof Error && error.name === 'Refusal' && 'code' in error

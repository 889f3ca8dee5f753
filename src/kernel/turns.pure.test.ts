import { expect, test } from 'vitest'
import { turns } from './turns.ts'

/** Works that end when told to, and the names of those that run. */
function works(atOnce: number) {
  const inTurn = turns(atOnce)
  const running = new Map<string, () => void>()
  const begin = (owner: string, name: string) =>
    inTurn(owner, () => new Promise<void>((end) => running.set(name, end))).finally(() => running.delete(name))
  return { begin, running, names: () => [...running.keys()], settle: () => new Promise(setImmediate) }
}

test('an owner has one turn at a time, whatever else is free', async () => {
  const w = works(4)
  void w.begin('a', 'a1')
  void w.begin('a', 'a2')
  void w.begin('b', 'b1')
  await w.settle()
  expect(w.names()).toEqual(['a1', 'b1'])
  w.running.get('a1')!()
  await w.settle()
  expect(w.names()).toEqual(['b1', 'a2'])
})

test('no more than so many run in all, and who came first goes first', async () => {
  const w = works(2)
  for (const owner of ['a', 'b', 'c', 'd']) void w.begin(owner, owner)
  await w.settle()
  expect(w.names()).toEqual(['a', 'b'])
  w.running.get('b')!()
  await w.settle()
  expect(w.names()).toEqual(['a', 'c'])
})

test('a work that fails gives its turn on', async () => {
  const inTurn = turns(1)
  await expect(inTurn('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await inTurn('a', async () => 'yes')).toBe('yes')
})

import { useState } from 'react'
import { ApiError, newKey, tell } from '../request.ts'
import type { EntryApi } from './contract.ts'

type Name = Exclude<keyof EntryApi, 'identity.welcome'>

/** Sends one of the entry commands and keeps what it answered: busy, the problem, and messages by field. */
export function useEntryCommand<N extends Name>(name: N) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [fields, setFields] = useState<Record<string, string[]>>({})

  const send = async (input: EntryApi[N]['input']): Promise<EntryApi[N]['output'] | null> => {
    setBusy(true)
    setProblem(null)
    setFields({})
    try {
      return await tell<EntryApi[N]['output']>(name, input, newKey())
    } catch (error) {
      setProblem(error instanceof Error ? error.message : '没有办成，请再试一次')
      if (error instanceof ApiError) setFields(error.fields)
      return null
    } finally {
      setBusy(false)
    }
  }
  return { send, busy, problem, fields }
}

import { useState } from 'react'
import type { z } from 'zod'
import type * as identity from '#modules/identity/contract.ts'
import { ApiError, newKey, tell } from '../request.ts'

/** The commands of the pages before the platform, with their inputs. */
interface EntryCommands {
  'identity.signIn': z.input<typeof identity.SignIn>
  'identity.signInTotp': z.input<typeof identity.SignInTotp>
  'identity.replacePassword': z.input<typeof identity.ReplacePassword>
  'identity.activate': z.input<typeof identity.Activate>
  'identity.oidcStart': z.input<typeof identity.OidcStart>
  'identity.firstRun': z.input<typeof identity.FirstRun>
  'identity.changePassword': z.input<typeof identity.ChangePassword>
  'identity.enableTotp': z.input<typeof identity.EnableTotp>
  'identity.confirmSelf': z.input<typeof identity.ConfirmSelf>
  'identity.confirmTotp': z.input<typeof identity.ConfirmTotp>
}

export type Welcome = z.output<typeof identity.Welcome>

/** Sends one of the entry commands and keeps what was answered: busy, the problem, and messages by field. */
export function useEntryCommand<N extends keyof EntryCommands>(name: N) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [fields, setFields] = useState<Record<string, string[]>>({})

  const send = async <T = identity.Next>(input: EntryCommands[N]): Promise<T | null> => {
    setBusy(true)
    setProblem(null)
    setFields({})
    try {
      return await tell<T>(name, input, newKey())
    } catch (error) {
      setProblem((error as Error).message)
      if (error instanceof ApiError) setFields(error.fields)
      return null
    } finally {
      setBusy(false)
    }
  }
  return { send, busy, problem, fields }
}

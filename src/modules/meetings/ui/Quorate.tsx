import type { z } from 'zod'
import { Quorum } from '#web/parts/Quorum.tsx'
import type { CheckView } from '../contract.ts'

interface Props {
  check: z.output<typeof CheckView>
  gotName: string
  met?: string
  notMet?: string
}

/** A check as the server computed it, with its formula. */
export function Quorate({ check, gotName, met, notMet }: Props) {
  const [title = '', formula = ''] = check.formula.split(' = ')
  return (
    <Quorum
      title={title}
      formula={formula}
      need={check.need}
      got={check.have}
      gotName={gotName}
      {...(met ? { met } : {})}
      {...(notMet ? { notMet } : {})}
    />
  )
}

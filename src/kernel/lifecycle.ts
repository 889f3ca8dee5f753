import { conflict, type Verdict } from './errors.ts'

/** state → step → next state: data, so that legality, buttons, diagrams and property tests read the same lines. */
export type Steps<S extends string> = Record<S, Record<string, S>>

export function lifecycle<const T extends Steps<Extract<keyof T, string>>>(steps: T, refusals: Record<string, string> = {}) {
  type State = Extract<keyof T, string>
  type Step = { [S in State]: Extract<keyof T[S], string> }[State]
  const states = Object.keys(steps) as State[]
  const next = (state: State, step: Step): State | undefined => (steps[state] as Record<string, State>)[step]

  return {
    steps,
    states: states as [State, ...State[]],
    next,
    allows: (state: State, step: Step): Verdict =>
      next(state, step) ? true : conflict(`not-${step}-from-${state}`, refusals[step] ?? '现在的状态不能做这一步，请刷新后再看'),
  }
}

export type StateOf<L> = L extends { states: (infer S)[] } ? S : never

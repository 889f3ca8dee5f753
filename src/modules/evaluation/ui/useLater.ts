import { useEffect, useRef, useState } from 'react'
import { newKey, tell } from '#web/request.ts'

interface Answer<T> {
  data: T | undefined
  error: Error | undefined
  isPending: boolean
}

/** Asks a command again each time its input changes and then rests for `wait` milliseconds; the newest answer wins. Null asks nothing. */
export function useLater<T>(name: string, input: object | null, wait: number): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ data: undefined, error: undefined, isPending: false })
  const turn = useRef(0)
  const text = input && JSON.stringify(input)
  useEffect(() => {
    if (text === null) return
    const mine = ++turn.current
    const timer = setTimeout(() => {
      setAnswer((before) => ({ ...before, isPending: true }))
      tell<T>(name, JSON.parse(text), newKey()).then(
        (data) => mine === turn.current && setAnswer({ data, error: undefined, isPending: false }),
        (error: Error) => mine === turn.current && setAnswer((before) => ({ ...before, error, isPending: false })),
      )
    }, wait)
    return () => clearTimeout(timer)
  }, [name, text, wait])
  return answer
}

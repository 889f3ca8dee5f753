import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import tokens from './tokens.json' with { type: 'json' }

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const blocks = { light: css.slice(0, css.indexOf('[data-theme')), dark: css.slice(css.indexOf('[data-theme')) }
const tones = ['light', 'dark'] as const

test.each(tones)('the custom properties of the %s tone are the palette of tokens.json', (tone) => {
  for (const [name, colour] of Object.entries(tokens.palette[tone])) {
    const property = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    expect(blocks[tone]).toContain(`--${property}: ${colour.toLowerCase()};`)
  }
})

const TEXTS = ['ink', 'ink2', 'ink3', 'zhu', 'dai', 'song', 'zhe', 'hu'] as const
const GROUNDS = ['bg', 'surface', 'sunken'] as const
const ON_OWN_GROUND = ['zhu', 'dai', 'song', 'zhe', 'hu'] as const

test.each(tones)('every text colour of the %s tone is readable on every ground it stands on', (tone) => {
  const colours = tokens.palette[tone]
  for (const text of TEXTS)
    for (const ground of GROUNDS) expect(contrast(colours[text], colours[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  for (const name of ON_OWN_GROUND) expect(contrast(colours[name], colours[`${name}Bg`]), name).toBeGreaterThanOrEqual(4.5)
  for (const ground of ['zhu', 'dai'] as const)
    expect(contrast(colours.inkInv, colours[ground]), `button ${ground}`).toBeGreaterThanOrEqual(4.5)
})

test('the measure knows the two ends: black on white is 21, a colour on itself is 1', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21)
  expect(contrast('#A8201A', '#A8201A')).toBe(1)
})

/** Contrast ratio by WCAG 2.2, 1 to 21. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

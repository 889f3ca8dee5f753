import { theme as antd, type ThemeConfig } from 'antd'
import { TEXT_SIZES, type TextSize, type Tone } from './display.ts'
import tokens from './look/tokens.json' with { type: 'json' }

export const palette = tokens.palette
export const chartColours = tokens.charts
export const sizes = Object.keys(TEXT_SIZES) as TextSize[]

const ENLARGED: Record<TextSize, object> = {
  standard: {},
  large: tokens.elder.token,
  huge: { ...tokens.elder.token, fontSize: 20, fontSizeSM: 18, fontSizeLG: 22, controlHeight: 48, controlHeightSM: 44 },
}

/** The component library's theme for a tone, a text size, the kind of screen and whether nothing may move. */
export function themeOf(tone: Tone, size: TextSize, phone: boolean, still: boolean): ThemeConfig {
  const { token, components } = tokens.antd[tone]
  return {
    ...(tone === 'dark' ? { algorithm: antd.darkAlgorithm } : {}),
    token: { ...token, ...(phone ? tokens.mobile.token : {}), ...ENLARGED[size], motion: !still },
    components: {
      ...components,
      ...(size === 'standard' ? {} : { Table: { ...components.Table, ...tokens.elder.components.Table } }),
    } as NonNullable<ThemeConfig['components']>,
    hashed: false,
  }
}

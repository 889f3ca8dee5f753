import { App, ConfigProvider } from 'antd'
import type { Locale } from 'antd/es/locale/index.js'
import * as zhCN from 'antd/es/locale/zh_CN.js'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useDisplay } from './display.ts'
import { usePhone, useStill } from './screen.ts'
import { themeOf } from './theme.ts'

// The types of this file describe its CommonJS twin.
const chinese = (zhCN as unknown as { default: Locale }).default

/** The look of everything inside: language, tone, text size, quiet buttons. */
export function Look({ children }: { children: ReactNode }) {
  const { tone, size } = useDisplay()
  const phone = usePhone()
  const still = useStill()
  const theme = useMemo(() => themeOf(tone, size, phone, still), [tone, size, phone, still])
  useEffect(() => {
    document.querySelector('meta[name="color-scheme"]')?.setAttribute('content', tone)
  }, [tone])
  return (
    <ConfigProvider theme={theme} locale={chinese} wave={{ disabled: true }} button={{ autoInsertSpace: false }}>
      <App message={{ duration: 6, top: 64 }} component={false}>
        {children}
      </App>
    </ConfigProvider>
  )
}

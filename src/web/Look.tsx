import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/es/locale/zh_CN.js'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useDisplay } from './display.ts'
import { usePhone } from './screen.ts'
import { themeOf } from './theme.ts'

/** The look of everything inside: language, tone, text size, quiet buttons. */
export function Look({ children }: { children: ReactNode }) {
  const { tone, size } = useDisplay()
  const phone = usePhone()
  const theme = useMemo(() => themeOf(tone, size, phone), [tone, size, phone])
  useEffect(() => {
    document.querySelector('meta[name="color-scheme"]')?.setAttribute('content', tone)
  }, [tone])
  return (
    <ConfigProvider theme={theme} locale={zhCN} wave={{ disabled: true }} button={{ autoInsertSpace: false }}>
      <App message={{ duration: 6, top: 64 }} component={false}>
        {children}
      </App>
    </ConfigProvider>
  )
}

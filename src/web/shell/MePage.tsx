import { Link } from '@tanstack/react-router'
import { setDisplay, TEXT_SIZES, type TextSize, type Tone, useDisplay } from '../display.ts'
import { menuOf } from '../moduleUi.ts'
import { Icon } from '../parts/Icon.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { Segments } from '../parts/Segments.tsx'
import { Slot } from '../Slot.tsx'
import { officesOf, useSession } from '../session.ts'
import { ChangePassword } from './ChangePassword.tsx'
import { MySignIns } from './MySignIns.tsx'
import { useSignOut } from './useSignOut.ts'

const TONES: Record<Tone, string> = { light: '浅色', dark: '深色' }

/** Oneself: offices, how the page looks, where one is signed in; on a phone also everything the bottom bar has no room for. */
export function MePage() {
  const session = useSession()
  const { account, unit } = session
  const display = useDisplay()
  const signOut = useSignOut()
  const menu = menuOf(session)
  return (
    <>
      <PageTitle
        conclusion={account.name}
        note={[unit?.name, officesOf(session)].filter(Boolean).join(' · ')}
        actions={
          <button type="button" className="button" onClick={signOut}>
            <Icon name="out" /> 退出
          </button>
        }
      />
      <div className="stack narrow">
        {menu.length > 0 && (
          <section className="card only-phone" aria-label="全部功能">
            <ul className="plain-links">
              {menu.map((item) => (
                <li key={item.to}>
                  <Link to={item.to}>
                    <Icon name={item.icon ?? 'document'} size={18} />
                    <span className="grow">{item.label}</span>
                    <Icon name="right" />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section className="card">
          <header>
            <h2>怎么显示</h2>
            <span className="small t3">只在这台机器上记住</span>
          </header>
          <div className="inside stack">
            <Segments label="字号" value={display.size} options={TEXT_SIZES} onChange={(size: TextSize) => setDisplay({ size })} />
            <Segments label="颜色" value={display.tone} options={TONES} onChange={(tone: Tone) => setDisplay({ tone })} />
          </div>
        </section>
        <MySignIns />
        <ChangePassword />
        <Slot name="me" id={account.id} />
      </div>
    </>
  )
}

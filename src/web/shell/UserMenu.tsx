import { Link } from '@tanstack/react-router'
import { Icon } from '../parts/Icon.tsx'
import { Pop } from '../parts/Pop.tsx'
import { officesOf, useSession } from '../session.ts'
import { useSignOut } from './useSignOut.ts'

/** Who is signed in, at the foot of the side bar: own sign-ins, and out. */
export function UserMenu() {
  const session = useSession()
  const { account } = session
  const signOut = useSignOut()
  return (
    <Pop
      className="user-menu"
      side="above"
      button={
        <>
          <span className="avatar" aria-hidden="true">
            {account.name.slice(0, 1)}
          </span>
          <span className="grow side-word">
            <b className="ellipsis">{account.name}</b>
            <small className="ellipsis">{officesOf(session) || session.unit?.name}</small>
          </span>
          <span className="hidden-text">，我的菜单</span>
          <span className="side-word">
            <Icon name="dots" size={18} weight={2.2} />
          </span>
        </>
      }
    >
      {(close) => (
        <ul className="pop-list">
          <li>
            <Link to="/me" onClick={close}>
              <Icon name="key" /> 我的登录
            </Link>
          </li>
          <li>
            <button type="button" onClick={signOut}>
              <Icon name="out" /> 退出
            </button>
          </li>
        </ul>
      )}
    </Pop>
  )
}

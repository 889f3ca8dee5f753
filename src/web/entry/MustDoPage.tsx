import { Brand } from '../parts/Brand.tsx'
import type { Session } from '../session.ts'
import { EnrolTotp } from './EnrolTotp.tsx'

/** What an officer has to do before the platform opens: bind the second factor. */
export const MustDoPage = ({ session, onDone }: { session: Session; onDone: () => void }) => (
  <div className="first">
    <header className="first-head">
      <Brand />
      <b>融建</b>
      <span className="t3 small">{session.account.name}</span>
    </header>
    <main className="must-do">
      <h1>请先绑定动态口令</h1>
      <p className="t2">管理员登录要有密码和手机上的动态口令两样，绑好就能接着用。</p>
      <section className="card">
        <div className="inside">
          <EnrolTotp onDone={onDone} />
        </div>
      </section>
    </main>
  </div>
)

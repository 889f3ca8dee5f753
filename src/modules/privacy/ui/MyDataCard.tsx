import { Link } from '@tanstack/react-router'

/** On one's own page: the way to what the system knows. */
export const MyDataCard = (_: { id: string }) => (
  <section className="card" aria-label="系统知道我什么">
    <header>
      <h2>系统知道我什么</h2>
    </header>
    <div className="inside stack">
      <p className="small t2">系统里存着的关于你的全部内容、谁看过你的证件号和电话、哪里不对怎么请支部更正，都在这里。</p>
      <div>
        <Link to="/my-data" className="button small">
          打开看看
        </Link>
      </div>
    </div>
  </section>
)

import { Link } from '@tanstack/react-router'
import { countText } from '../text.ts'
import { ImportCounts, type Result } from './ImportRows.tsx'
import { PageTitle } from './PageTitle.tsx'

/** What is told and offered when an import is through. */
export interface Outcome {
  crumb: string
  /** What a row is: 人, 个党组织. */
  unit: string
  /** What can be seen right after the import. */
  shows: string[]
  /** The file holds what is sealed: identity numbers, telephones, addresses. */
  sealed?: boolean
  next?: { to: string; label: string }
  back: string
}

/** The page after an import. */
export function ImportDone({ result, unit, shows, sealed = false, next, back, crumb, file }: Outcome & { result: Result; file: File }) {
  return (
    <>
      <PageTitle
        conclusion={`已导入 ${countText(result.new + result.changed)} ${unit}`}
        note={`来自「${file.name}」${result.also.map(({ what, count }) => `；另建立${what} ${count} 个`).join('')}`}
        crumb={crumb}
        actions={
          <>
            <Link to={back} className="button">
              去看看
            </Link>
            {next && (
              <Link to={next.to} className="button primary">
                {next.label}
              </Link>
            )}
          </>
        }
      />
      <div className="columns">
        <section className="card">
          <ImportCounts result={result} />
          {result.wrong > 0 && (
            <p className="inside small t2">
              有错的 {countText(result.wrong)} 行没有导入。改好后用同一个文件再导一次即可，已导入的不会重复。
            </p>
          )}
        </section>
        <Shows shows={shows} sealed={sealed} />
      </div>
    </>
  )
}

/** What the import makes visible, beside it. */
export const Shows = ({ shows, sealed }: Pick<Outcome, 'shows' | 'sealed'>) => (
  <div className="stack">
    <section className="card">
      <header>
        <h2>导入后马上能看到</h2>
      </header>
      <ul className="lines">
        {shows.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
    {sealed && (
      <section className="card">
        <div className="inside">
          <h3>只存用得着的</h3>
          <p className="small t2">证件号、电话、住址逐项加密，看一次记一次。不需要照片，不需要定位。</p>
        </div>
      </section>
    )}
  </div>
)

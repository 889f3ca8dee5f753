import { changed, listChanged, partAt } from './change.ts'
import { Fields } from './Fields.tsx'
import { FormulaEditor } from './FormulaEditor.tsx'
import { Several } from './Several.tsx'
import { LINK_FIELDS, NEW_FORMULAS, PLACE_FIELDS, SCORE_COLUMNS, WHEN_FIELDS } from './wholeFields.ts'

interface Props {
  content: any
  onChange: (content: any) => void
}

/** Linkage: where a result is used, under which condition and by which formula. It computes and explains; it carries out nothing. */
export function LinkageEditor({ content, onChange }: Props) {
  const links: any[] = content.linkage ?? []
  const grades: string[] = (content.grades?.bands ?? []).map((b: any) => b.name)
  const set = (i: number, to: any) => onChange(changed(content, ['linkage', i], to))
  const setWhen = (i: number, to: any) =>
    set(i, changed(links[i], ['when'], to !== undefined && Object.keys(to).length > 0 ? to : undefined))
  return (
    <div className="stack">
      {links.map((link, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is being written
        <section key={i} className="ev-part" aria-label={`结果运用 ${i + 1}`}>
          <Fields fields={LINK_FIELDS} value={link} onChange={(to) => set(i, to)} grades={grades} />
          <Fields fields={WHEN_FIELDS} value={link.when ?? {}} onChange={(to) => setWhen(i, to)} grades={grades} />
          <Several
            label="按得分的写界限"
            columns={SCORE_COLUMNS}
            rows={partAt(link, ['when', 'score']) ? [link.when.score] : []}
            onChange={(to) => setWhen(i, changed(link.when ?? {}, ['score'], to[0]))}
            add="限定得分"
          />
          <Fields
            fields={PLACE_FIELDS}
            value={link.when?.place ?? {}}
            onChange={(to) => setWhen(i, changed(link.when ?? {}, ['place'], Object.keys(to).length > 0 ? to : undefined))}
            grades={grades}
          />
          {link.formula ? (
            <>
              <FormulaEditor
                label="公式"
                value={link.formula}
                onChange={(to) => set(i, { ...link, formula: to })}
                grades={grades}
                sheets={content.sheets}
              />
              <button type="button" className="button text small" onClick={() => set(i, changed(link, ['formula'], undefined))}>
                不用公式
              </button>
            </>
          ) : (
            <button type="button" className="button small" onClick={() => set(i, { ...link, formula: NEW_FORMULAS.multiply })}>
              加上计算公式
            </button>
          )}
          <button
            type="button"
            className="button text small"
            onClick={() => onChange(listChanged(content, ['linkage'], (l) => l.filter((_, j) => j !== i)))}
          >
            去掉这一条
          </button>
        </section>
      ))}
      <button
        type="button"
        className="button small"
        onClick={() => onChange(listChanged(content, ['linkage'], (l) => [...l, { to: '评先评优', effect: '作为依据' }]))}
      >
        加一条结果运用
      </button>
    </div>
  )
}

import { App } from 'antd'
import { countText } from '#web/text.ts'

/** The code of the last head, to be written on paper, and how anybody checks it later. */
export function PaperCode({ code, size }: { code: string; size: number }) {
  const { message } = App.useApp()
  const copy = () =>
    navigator.clipboard.writeText(code).then(
      () => void message.success('编码已复制'),
      () => void message.info('浏览器不让复制，请照着抄'),
    )
  return (
    <section className="card">
      <header>
        <h2>抄在纸上的编码</h2>
        <button type="button" className="button small" onClick={() => void copy()}>
          复制
        </button>
      </header>
      <div className="inside stack tight">
        <p className="paper-code mono">
          {code.split('-').map((group, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups may be alike, their places are fixed
            <span key={i}>{group}</span>
          ))}
        </p>
        <p className="small t2">
          这 24 个字符定住了前 {countText(size)} 条实绩。印在会议纪要、年报或公示上，留在服务器之外；以后谁改动过其中任何一条，都对不上它。
        </p>
        <h3>怎么核对</h3>
        <p className="small t2">在装有融建的机器上执行，或对导出的账本文件执行（不需要连服务器）：</p>
        <pre className="mono">verify --head {code}</pre>
      </div>
    </section>
  )
}

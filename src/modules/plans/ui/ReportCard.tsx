import { useState } from 'react'
import { downloadOf } from '#web/api.ts'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'

interface Props {
  orgId: string
  year: number
  report: { text: string; version: number }
  manage: boolean
}

/** The year's report: what is counted comes by itself, the rest the organisation says in its own words. */
export function ReportCard({ orgId, year, report, manage }: Props) {
  const [text, setText] = useState(report.text)
  return (
    <section className="card" aria-label="年度报告">
      <header>
        <h2>年度报告</h2>
        <PaperLinks small label="报告" of={(format) => downloadOf('plans.paper', { orgId, year, which: 'report', format })} />
      </header>
      <div className="plan-report stack">
        <p className="small t2">计划完成情况自动写进报告。做法、体会和下一步打算，由你们自己写。</p>
        {manage ? (
          <>
            <TextArea label="支部的话" value={text} onChange={setText} max={20000} rows={6} />
            <div className="row">
              <StepButton
                name="plans.say"
                label="存下"
                input={{ orgId, year, text, version: report.version }}
                can={text === report.text ? { code: 'unchanged', message: '还没有改动' } : true}
                done="已存下"
              />
            </div>
          </>
        ) : (
          <p className="plan-text">{report.text || '还没有写。'}</p>
        )}
      </div>
    </section>
  )
}

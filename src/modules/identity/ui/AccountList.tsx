import { useDeferredValue, useState } from 'react'
import { useRead, useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { holds, useSession } from '#web/session.ts'
import { momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { ACCOUNT_STATES, type AccountState } from '../contract.ts'
import { type Paper, SlipPaper } from './SlipPaper.tsx'

type Row = Api['identity.accounts']['output']['items'][number]

const STATES = { all: '全部', ...ACCOUNT_STATES } as const

/** Every account, found by the beginning of a name or the whole login; open, its sign-ins and what can be done with it. */
export function AccountList() {
  const [text, setText] = useState('')
  const [state, setState] = useState<keyof typeof STATES>('all')
  const [open, setOpen] = useState<string>()
  const [paper, setPaper] = useState<Paper | null>(null)
  const sought = useDeferredValue(text.trim())
  const filter = { ...(state === 'all' ? {} : { state: state as AccountState }), ...(sought ? { text: sought } : {}), limit: 50 }
  const list = useReadPages('identity.accounts', filter)
  if (paper) return <SlipPaper paper={paper} onClose={() => setPaper(null)} />
  return (
    <>
      <div className="list-tools">
        <input
          className="text account-search"
          type="search"
          aria-label="按姓名开头，或整个工号、手机号找"
          placeholder="姓名开头，或整个工号、手机号"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Segments label="状态" quiet value={state} options={STATES} onChange={setState} />
      </div>
      <ListTable
        label="账号"
        columns={COLUMNS}
        {...list.table}
        rowKey={(row) => row.id}
        open={open}
        onOpen={setOpen}
        detail={(row) => ({ title: row.name, content: <Detail account={row} onPaper={setPaper} /> })}
        empty={<Empty why={sought ? `没有找到「${sought}」的账号` : '没有这种状态的账号'} />}
      />
    </>
  )
}

const COLUMNS: Column<Row>[] = [
  { key: 'name', title: '姓名', render: (row) => row.name, width: 120 },
  { key: 'login', title: '账号', render: (row) => row.login, narrow: true, phone: 'line' },
  { key: 'state', title: '状态', render: (row) => <Standing state={row.state} />, narrow: true, phone: 'status' },
  { key: 'office', title: '职务', render: (row) => row.office ?? '' },
  {
    key: 'totp',
    title: '动态口令',
    render: (row) => (row.hasTotp ? '已绑定' : <span className="t3">未绑定</span>),
  },
  {
    key: 'last',
    title: '最近登录',
    render: (row) => (row.lastSignInAt ? momentText(row.lastSignInAt) : <span className="t3">还没有登录过</span>),
  },
]

const Standing = ({ state }: { state: AccountState }) => (
  <Status kind={({ active: 'done', invited: 'calm', disabled: 'wrong' } as const)[state]}>{ACCOUNT_STATES[state]}</Status>
)

function Detail({ account, onPaper }: { account: Row; onPaper: (paper: Paper) => void }) {
  const { id, version, name, can } = account
  const manages = holds(useSession(), 'identity.manageAccounts')
  const [resetting, setResetting] = useState(false)
  const [asking, setAsking] = useState(false)
  return (
    <div className="inside stack">
      <div className="row">
        {can.requestReset === true && (
          <button type="button" className="button small" onClick={() => setAsking(true)}>
            提出重设密码
          </button>
        )}
        <button
          type="button"
          className="button small"
          aria-disabled={can.reset !== true || undefined}
          title={can.reset === true ? undefined : can.reset.message}
          onClick={() => can.reset === true && setResetting(true)}
        >
          当面重设密码
        </button>
        {can.enable === true ? (
          <StepButton name="identity.enable" label="重新启用" kind="small" input={{ accountId: id, version }} can={true} done="已启用" />
        ) : (
          <StepButton
            name="identity.disable"
            label="停用这个账号"
            kind="danger"
            input={{ accountId: id, version }}
            can={can.disable}
            warn={`${name} 马上退出登录，没用过的开通条也作废。以后可以重新启用。`}
            done="已停用"
          />
        )}
      </div>
      {can.reset !== true && can.reset.code === 'second-officer' && <p className="small t2">{can.reset.message}</p>}
      {manages && <Places accountId={id} />}
      {asking && <ResetForm account={account} ask onClose={() => setAsking(false)} onPaper={onPaper} />}
      {resetting && <ResetForm account={account} onClose={() => setResetting(false)} onPaper={onPaper} />}
    </div>
  )
}

/** Where the account is signed in now. */
function Places({ accountId }: { accountId: string }) {
  const { data, error } = useRead('identity.sessions', { accountId })
  if (error) return <ErrorCard error={error} />
  if (data?.items.length === 0) return <p className="t2">现在没有登录着。</p>
  return (
    <ul className="lines">
      {data?.items.map((place) => (
        <li key={place.id}>
          <div className="grow">
            <b>{place.device}</b>
            <div className="small t3">
              {place.source} · 最近用 {momentText(place.lastSeen)}
            </div>
          </div>
          <StepButton name="identity.revokeSession" label="让它退出" kind="small" input={{ id: place.id }} can={true} done="已退出" />
        </li>
      ))}
    </ul>
  )
}

interface ResetProps {
  account: Row
  /** Of an office: the first step, which asks for another officer's agreement. */
  ask?: boolean
  onClose: () => void
  onPaper: (paper: Paper) => void
}

function ResetForm({ account, ask = false, onClose, onPaper }: ResetProps) {
  const [seen, setSeen] = useState('')
  return (
    <PanelForm
      name={ask ? 'identity.requestReset' : 'identity.resetByPresence'}
      open
      onClose={onClose}
      kicker={account.name}
      title={ask ? '提出重设密码' : '当面重设密码'}
      note={
        ask
          ? '本人带证件来才办。另一位管理员同意后，一天之内由你回到这里发码；三员都会看到'
          : '本人带证件来才办。会记入留痕，本人下次登录时会看到是谁、什么时候办的'
      }
      input={() =>
        seen.trim().length >= 2 ? { accountId: account.id, version: account.version, seenDocument: seen } : '请填核对了什么证件'
      }
      submit={ask ? '提出，请另一位管理员同意' : '发一次性码'}
      done={ask ? '已提出，等另一位管理员同意' : '一次性码做好了，请当面交给本人'}
      onDone={({ slip, until }) => ask || onPaper({ title: '重设密码', slips: [slip], until })}
    >
      {(problems) => (
        <TextLine
          label="核对了什么证件"
          value={seen}
          onChange={setSeen}
          problem={problems.seenDocument}
          hint="如：身份证、工作证。不要填号码"
          max={60}
        />
      )}
    </PanelForm>
  )
}

import type { RequestKind } from './contract.ts'

/** Title and text of a 请示 with what is filled from records in braces; what no record tells stays a line to be written on. */
interface Template {
  title: string
  body: string
}

const DEVELOPING_END = '\n妥否，请审批。'

export const TEMPLATES: Record<RequestKind, Template> = {
  election: {
    title: '{org}关于召开党员大会进行换届选举的请示',
    body: '{superior}：\n{org}本届委员会任期自{termFrom}起，至{termUntil}届满。根据《中国共产党基层组织选举工作条例》，拟于{plannedOn}召开党员大会进行换届选举。下届委员会拟由{seats}名委员组成，提名委员候选人{nominees}名，差额不少于应选人数的百分之二十。\n妥否，请批示。',
  },
  candidates: {
    title: '{org}关于下届委员会候选人预备人选的请示',
    body: '{superior}：\n经党员酝酿推荐、支委会研究，{org}下届委员会委员候选人预备人选为：{nomineeNames}。书记候选人预备人选为{secretaryName}。\n妥否，请批示。',
  },
  electionResult: {
    title: '{org}关于选举结果的报告',
    body: '{superior}：\n{org}于{heldOn}召开党员大会，应到会有选举权的党员{entitled}名，实到{present}名，选举产生新一届委员会委员：{electedNames}。委员会第一次会议选举{secretaryName}为书记。\n请予审批。',
  },
  termExtension: {
    title: '{org}关于延期换届的请示',
    body: '{superior}：\n{org}本届委员会任期至{termUntil}届满。因{reason}，拟延期至{plannedOn}换届，延长期限不超过一年。\n妥否，请批示。',
  },
  commissioner: {
    title: '{org}关于增补委员的请示',
    body: '{superior}：\n{org}委员会现有委员{committee}名，缺额{vacant}名。拟增补{nomineeNames}为委员。\n妥否，请批示。',
  },
  activistFiling: {
    title: '{org}关于确定{person}同志为入党积极分子的备案报告',
    body: '{superior}：\n{person}同志于{appliedOn}递交入党申请书，{talkedOn}由党组织派人谈话。经推荐，{org}支委会于{chosenOn}研究，确定其为入党积极分子。\n现报请备案。',
  },
  targetFiling: {
    title: '{org}关于确定{person}同志为发展对象的备案报告',
    body: '{superior}：\n{person}同志于{activistOn}被确定为入党积极分子，经培养教育考察，在听取党小组、培养联系人、党员和群众意见的基础上，{org}支委会于{chosenOn}研究，拟列为发展对象。\n现报请备案。',
  },
  preReview: {
    title: '{org}关于对发展对象{person}同志进行预审的请示',
    body: '{superior}：\n{person}同志于{targetOn}被列为发展对象，政治审查、集中培训（{trained}）已经完成，支委会于{examinedOn}审查合格。现将材料报上，请予预审。',
  },
  admission: {
    title: '{org}关于接收{person}同志为中共预备党员的请示',
    body: `{superior}：\n{person}同志于{activistOn}被确定为入党积极分子，{targetOn}被列为发展对象，{reviewedOn}经上级党委预审合格。{org}于{assemblyOn}召开支部党员大会，应到会有表决权的正式党员{entitled}名，实到{present}名，赞成{inFavour}票、不赞成{against}票、弃权{abstained}票，同意接收其为中共预备党员。${DEVELOPING_END}`,
  },
  conversion: {
    title: '{org}关于预备党员{person}同志转为中共正式党员的请示',
    body: `{superior}：\n{person}同志于{admittedOn}被接收为预备党员，预备期至{probationUntil}。{org}于{assemblyOn}召开支部党员大会，应到会有表决权的正式党员{entitled}名，实到{present}名，赞成{inFavour}票、不赞成{against}票、弃权{abstained}票，同意其按期转为正式党员。${DEVELOPING_END}`,
  },
  prolongation: {
    title: '{org}关于延长预备党员{person}同志预备期的请示',
    body: `{superior}：\n{person}同志于{admittedOn}被接收为预备党员，预备期至{probationUntil}。因{reason}，拟延长预备期{months}个月。${DEVELOPING_END}`,
  },
  duesReduction: {
    title: '{org}关于{person}同志少交党费的请示',
    body: '{superior}：\n{person}同志因{reason}，交纳党费确有困难。经支部研究，拟自{from}起每月交纳{amount}元。\n妥否，请批示。',
  },
  foundBranch: {
    title: '{org}关于成立{newName}的请示',
    body: '{superior}：\n{unit}现有正式党员{full}名、预备党员{probationary}名，符合成立党支部的条件。拟成立{newName}。\n妥否，请批示。',
  },
  dissolveBranch: {
    title: '{org}关于撤销{oldName}的请示',
    body: '{superior}：\n因{reason}，拟撤销{oldName}，其党员组织关系转至{intoName}。\n妥否，请批示。',
  },
  award: {
    title: '{org}关于推荐{award}的请示',
    body: '{superior}：\n经{org}民主推荐、支委会研究并公示，拟推荐{nomineeNames}为{award}。主要事迹：{deeds}。\n妥否，请批示。',
  },
  integrityOpinion: {
    title: '{org}关于征求{person}同志廉政意见的函',
    body: '{superior}：\n因{purpose}，请对{person}同志出具廉政意见。',
  },
  other: { title: '{org}关于{subject}的请示', body: '{superior}：\n{text}\n妥否，请批示。' },
}

/** The template with `fields` filled in; unknown ones become 「＿＿＿」 and are named. */
export function fill(text: string, fields: Record<string, string>): { text: string; open: string[] } {
  const open: string[] = []
  const filled = text.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = fields[key]
    if (!value) open.push(key)
    return value || '＿＿＿'
  })
  return { text: filled, open }
}

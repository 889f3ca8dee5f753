import { randomUUID } from 'node:crypto'
import fastifyCookie from '@fastify/cookie'
import fastifyHelmet from '@fastify/helmet'
import fastifyMultipart from '@fastify/multipart'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerOptions } from 'fastify'
import type { Actor } from './actor.ts'
import { anonymous, invalid, Refusal, STATUS } from './errors.ts'
import type { Module } from './module.ts'
import { isText, type JsonSchema, openApi, schemaOf } from './openapi.ts'
import type { AnyOperation, Download, RequestPort, Upload } from './operation.ts'
import { auditRefusal, type Pipeline, perform } from './perform.ts'
import { turns } from './turns.ts'
import { refusalOf } from './unexpected.ts'

export interface AppOptions {
  pipeline: Pipeline
  modules: readonly Module[]
  version: string
  /** Who is asking: from the session cookie. Undefined means nobody. */
  signIn: (request: RequestPort) => Promise<Actor | undefined>
  /** The actor of operations that are open before signing in. */
  nobody: Actor
  server?: FastifyServerOptions
  /** Browsers shall come by HTTPS only from now on: where the certificate is one they trust. */
  hsts?: boolean
  /** Called with every error that is no refusal, so that it is logged with its request id. */
  onBug?: (error: unknown, requestId: string, operation: string) => void
  /** Called after each operation, for metrics. */
  onDone?: (operation: string, status: number, seconds: number) => void
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: string
  }
}

const CSRF_COOKIE = 'csrf'
const HOST = '__Host-'
export const JSON_LIMIT = 1024 * 1024

// A file is held in memory from its arrival to the end of the operation.
const UPLOADS = 4

/** Turns operations into routes and adds nothing else: health, metrics and pages are registered by the server program. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: JSON_LIMIT,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 200 },
    ...options.server,
  }) as FastifyInstance
  await app.register(fastifyCookie)
  await app.register(fastifyMultipart, { limits: { files: 1, fields: 4, parts: 6 } })
  await app.register(fastifyHelmet, { contentSecurityPolicy: { directives: pagePolicy, useDefaults: false }, hsts: options.hsts ?? false })

  const inTurn = turns(UPLOADS)
  for (const module of options.modules) for (const op of module.operations) route(app, options, op, inTurn)

  const document = JSON.stringify(openApi(options.modules, options.version))
  app.get('/api/openapi.json', (_request, reply) => reply.type('application/json').send(document))
  app.setErrorHandler((error, request, reply) => answerError(options, error, request, reply))
  return app
}

// Inline styles are Ant Design's way of theming; scripts come from our own files only.
const pagePolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  frameAncestors: ["'none'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  objectSrc: ["'none'"],
}

function route(app: FastifyInstance, options: AppOptions, op: AnyOperation, inTurn: ReturnType<typeof turns>) {
  const input = schemaOf(op.input, 'input')
  const handler = async (request: FastifyRequest, reply: FastifyReply) => {
    const started = process.hrtime.bigint()
    reply.header('cache-control', 'no-store')
    reply.header('x-now', String((options.pipeline.now?.() ?? new Date()).getTime()))
    const port = requestPort(request, reply)
    const actor = (await options.signIn(port)) ?? (op.open ? options.nobody : undefined)
    if (!actor) throw anonymous()
    if (op.kind !== 'query') await toldIfRefused(actor, port, request, () => assertSameOrigin(op, port, request))
    const answer = op.upload
      ? await inTurn(actor.accountId ?? '', () => answerOf(actor, port, request))
      : await answerOf(actor, port, request)
    options.onDone?.(op.name, 200, Number(process.hrtime.bigint() - started) / 1e9)
    return op.kind === 'download' ? sendFile(reply, answer as Download) : reply.send(answer ?? null)
  }
  const readRequest = async (request: FastifyRequest) => {
    const { raw, upload } = await inputOf(op, input, request)
    assertShallow(raw)
    const key = request.headers['idempotency-key']
    if (op.kind === 'command' && !op.open && (typeof key !== 'string' || !/^[\w-]{8,100}$/.test(key)))
      throw invalid('idempotency-key-missing', '请求缺少 idempotency-key（8 到 100 位字母、数字、-、_）', { 'idempotency-key': ['必填'] })
    return { raw, upload, key }
  }
  // What is refused before the pipeline sees it is told to the audit here; the pipeline tells the rest.
  const toldIfRefused = async <T>(actor: Actor, port: RequestPort, request: FastifyRequest, check: () => T | Promise<T>): Promise<T> => {
    try {
      return await check()
    } catch (error) {
      const refusal = op.kind !== 'query' && actor.accountId ? refusalOf(error) : undefined
      if (refusal) await auditRefusal(options.pipeline, op, { actor, requestId: String(request.id), request: port }, refusal.code)
      throw error
    }
  }
  const answerOf = async (actor: Actor, port: RequestPort, request: FastifyRequest) => {
    const { raw, upload, key } = await toldIfRefused(actor, port, request, () => readRequest(request))
    return perform(options.pipeline, op, {
      actor,
      raw,
      requestId: String(request.id),
      request: port,
      ...(upload ? { upload } : {}),
      ...(typeof key === 'string' ? { key } : {}),
    })
  }
  const response = op.kind === 'download' ? {} : { schema: { response: { 200: forSerialiser(schemaOf(op.output, 'output')) } } }
  app.route({
    method: op.kind === 'command' ? 'POST' : 'GET',
    url: `/api/${op.name}`,
    ...response,
    ...(op.upload ? { bodyLimit: op.upload + JSON_LIMIT } : {}),
    config: { operation: op.name },
    handler,
  })
}

/** What operations may know of a request, and the cookies they may set with its answer. */
export function requestPort(request: FastifyRequest, reply: FastifyReply): RequestPort {
  const base = { path: '/', secure: true, sameSite: 'strict' as const }
  return {
    source: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 200),
    // Without the prefix a cookie may come from a neighbouring host of the same domain, or over plain HTTP: it is nobody's.
    cookies: Object.fromEntries(
      Object.entries(request.cookies).flatMap(([name, value]) => (name.startsWith(HOST) ? [[name.slice(HOST.length), value]] : [])),
    ),
    setCookie: (name, value, { maxAge, httpOnly }) =>
      void reply.setCookie(`${HOST}${name}`, value, { ...base, httpOnly, ...(maxAge === undefined ? {} : { maxAge }) }),
    clearCookie: (name) => void reply.clearCookie(`${HOST}${name}`, base),
    // Not "storage": drafts stay for who left them, under their own account. Not "cookies": the browser stays known against lock-out.
    clearSiteData: () => void reply.header('clear-site-data', '"cache"'),
  }
}

/**
 * A command comes from a page of ours: the browser says so itself, and whoever is signed in sends along the token that only such a
 * page can read. A file, which may use up somebody's agreement, is asked for from such a page too, but without the token.
 */
function assertSameOrigin(op: AnyOperation, port: RequestPort, request: FastifyRequest) {
  const token = request.headers['x-csrf']
  const proven = op.open || op.kind === 'download' || (token && token === port.cookies[CSRF_COOKIE])
  if (!proven || isCrossSite(request)) throw new Refusal('forbidden', 'csrf', '页面已过期，请刷新后再试（填写的内容会保留）')
}

/** Browsers name the kind of sender; of those that do not, the origin they name must be ours. Programs name neither. */
function isCrossSite({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const { origin } = headers
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)
}

async function inputOf(op: AnyOperation, schema: JsonSchema, request: FastifyRequest): Promise<{ raw: unknown; upload?: Upload }> {
  if (op.kind !== 'command') return { raw: decodeQuery(schema, request.query as Record<string, unknown>) }
  if (!op.upload) return { raw: request.body ?? {} }
  if (!request.isMultipart()) throw invalid('file-missing', '请选择要上传的文件', { file: ['请选择文件'] })
  try {
    return await partsOf(request, op.upload)
  } catch (error) {
    // The parser of bodies has no status for one that breaks off.
    throw error instanceof Refusal || (error instanceof Error && 'statusCode' in error) ? error : cutOff()
  }
}

const cutOff = () => invalid('bad-request', '文件没有传完，请再传一次')

async function partsOf(request: FastifyRequest, fileSize: number): Promise<{ raw: unknown; upload: Upload }> {
  let raw: unknown = {}
  let upload: Upload | undefined
  for await (const part of request.parts({ limits: { fileSize, files: 1 } })) {
    if (part.type === 'file') upload = { fileName: part.filename, data: await part.toBuffer() }
    else if (part.fieldname === 'input') raw = parseJson(String(part.value), 'input')
  }
  if (!upload) throw invalid('file-missing', '请选择要上传的文件', { file: ['请选择文件'] })
  return { raw, upload }
}

/** Query strings carry texts as they are and everything else as JSON. */
function decodeQuery(schema: JsonSchema, query: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      const property = schema.properties?.[name]
      return [name, typeof value === 'string' && property && !isText(property) ? parseJson(value, name) : value]
    }),
  )
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('invalid-input', '有几处填写需要修改', { [name]: ['写法不对'] })
  }
}

/** No form of ours is so deep; whatever looks through a value calls itself once a level. */
const DEEPEST = 60

function assertShallow(value: unknown) {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw invalid('too-deep', '内容套了太多层，请减少层数后再试')
    level = level.flatMap((part) => (part !== null && typeof part === 'object' ? Object.values(part) : []))
  }
}

/** The serialiser knows `nullable`, which is faster for it than a choice of two types. */
function forSerialiser(schema: JsonSchema): JsonSchema {
  if (Array.isArray(schema)) return schema.map(forSerialiser) as unknown as JsonSchema
  if (schema === null || typeof schema !== 'object') return schema
  const other = schema.anyOf?.length === 2 ? schema.anyOf.find((s) => s.type !== 'null') : undefined
  if (other && schema.anyOf?.some((s) => s.type === 'null') && typeof other.type === 'string')
    return { ...forSerialiser(other), nullable: true }
  // Formats would make the serialiser convert; our answers are text already.
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => !['format', 'pattern', '$schema', 'propertyNames'].includes(key) || typeof schema[key] === 'object')
      .map(([key, value]) => [key, typeof value === 'object' ? forSerialiser(value as JsonSchema) : value]),
  )
}

const sendFile = (reply: FastifyReply, { fileName, type, body }: Download) =>
  reply
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .type(type)
    .send(body)

function answerError(options: AppOptions, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const operation = request.routeOptions.config.operation ?? 'unknown'
  const refusal = refusalOf(error)
  if (refusal) {
    options.onDone?.(operation, STATUS[refusal.kind], 0)
    if (refusal.kind === 'busy') reply.header('retry-after', '5')
    return reply.status(STATUS[refusal.kind]).send({ code: refusal.code, message: refusal.message, ...refusal.more, requestId: request.id })
  }
  options.onBug?.(error, String(request.id), operation)
  options.onDone?.(operation, 500, 0)
  const message = `这一步没有办成，填写的内容没有丢。请稍后再试；仍不行请把错误编号告诉系统管理员：${request.id}`
  return reply.status(500).send({ code: 'unexpected', message, requestId: request.id })
}

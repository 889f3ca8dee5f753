import { z } from 'zod'
import type { Module } from './module.ts'
import type { AnyOperation } from './operation.ts'

export interface JsonSchema {
  type?: string | string[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  anyOf?: JsonSchema[]
  nullable?: boolean
  [key: string]: unknown
}

/** The JSON Schema of an operation's input or output. */
export const schemaOf = (schema: z.core.$ZodType, io: 'input' | 'output'): JsonSchema =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', target: io === 'output' ? 'draft-7' : 'draft-2020-12' }) as JsonSchema

/** The whole API as an OpenAPI 3.1 document, generated from the operations. */
export function openApi(modules: readonly Module[], version: string) {
  const paths = Object.fromEntries(modules.flatMap((m) => m.operations.map((op) => [`/api/${op.name}`, pathItem(m.name, op)])))
  return {
    openapi: '3.1.0',
    info: {
      title: '融建 API',
      version,
      description: '查询用 GET，办理用 POST（带 idempotency-key 与 x-csrf）。错误为 {code, message, fields, details}。',
    },
    paths,
    components: { schemas: { Refusal: refusal } },
  }
}

const refusal = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string' },
    message: { type: 'string' },
    fields: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
    details: {},
    requestId: { type: 'string' },
  },
}

function pathItem(tag: string, op: AnyOperation) {
  const input = schemaOf(op.input, 'input')
  const done =
    op.kind === 'download'
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: schemaOf(op.output, 'output') } }
  const refused = { description: '未办', content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } } }
  const common = {
    operationId: op.name,
    summary: op.title,
    tags: [tag],
    responses: { 200: { description: '完成', content: done }, default: refused },
  }
  if (op.kind !== 'command') {
    const parameters = Object.entries(input.properties ?? {}).map(([name, schema]) => ({
      in: 'query',
      name,
      required: input.required?.includes(name) ?? false,
      ...(isText(schema) ? { schema } : { content: { 'application/json': { schema } } }),
    }))
    return { get: { ...common, parameters } }
  }
  const content = op.upload
    ? {
        'multipart/form-data': {
          schema: { type: 'object', properties: { input, file: { type: 'string', format: 'binary' } }, required: ['file'] },
        },
      }
    : { 'application/json': { schema: input } }
  return { post: { ...common, requestBody: { required: true, content } } }
}

/** May the value stand in a query string as it is? Everything else is written as JSON there. */
export const isText = (schema: JsonSchema): boolean =>
  schema.type === 'string' ||
  (Array.isArray(schema.enum) && schema.enum.every((v) => typeof v === 'string')) ||
  (schema.anyOf?.some(isText) ?? false)

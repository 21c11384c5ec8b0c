/** From the protocol's words to the core's: every conversion in this direction, and nothing else. Nothing that a client sends is trusted. */
import type { Position, Range } from 'vscode-languageserver'
import { offsetAt } from '../core/text/line-index.ts'
import type { SourceFile } from '../core/text/source-file.ts'
import { type Span, spanOf } from '../core/text/span.ts'
import type { InitializationOptions, SimulateParams } from './custom-requests.ts'

/** The offset of a position; clamped to the text. */
export function fromPosition(file: SourceFile, { line, character }: Position): number {
  return offsetAt(file, { line, column: character })
}

export function fromRange(file: SourceFile, range: Range): Span {
  const start = fromPosition(file, range.start)
  return spanOf(file, start, Math.max(start, fromPosition(file, range.end)))
}

export function fromInitializationOptions(value: unknown): InitializationOptions {
  if (!isRecord(value)) return {}
  return { clientCommands: value.clientCommands === true, clientFiles: value.clientFiles === true }
}

export function fromSimulateParams(value: unknown): SimulateParams {
  if (!isRecord(value)) return { lose: [] }
  const { lose, cluster, keyspace } = value
  return {
    lose: Array.isArray(lose) ? lose.filter(item => typeof item === 'string') : [],
    ...(typeof cluster === 'string' ? { cluster } : {}),
    ...(typeof keyspace === 'string' ? { keyspace } : {}),
  }
}

/** The member of an object that came as JSON, when it is a text. */
export function textMember(value: unknown, name: string): string | undefined {
  const member = isRecord(value) ? value[name] : undefined
  return typeof member === 'string' ? member : undefined
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

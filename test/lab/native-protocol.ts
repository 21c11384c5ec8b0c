/** As much of CQL's native protocol (version 4) as the lab needs: one connection, one request at a time, errors in full. */
import { connect, type Socket } from 'node:net'

export const levelCodes = { ANY: 0, ONE: 1, TWO: 2, THREE: 3, QUORUM: 4, ALL: 5, LOCAL_QUORUM: 6, EACH_QUORUM: 7, SERIAL: 8, LOCAL_SERIAL: 9, LOCAL_ONE: 10 } as const // biome-ignore format: one table
export type WireLevel = keyof typeof levelCodes

export type Reply =
  | { readonly kind: 'ok'; readonly body: Buffer }
  | {
      readonly kind: 'error'
      readonly code: number
      readonly message: string
      readonly level?: string
      readonly required?: number
      readonly alive?: number
    }

export interface Connection {
  query(cql: string, level: WireLevel, serial?: WireLevel): Promise<Reply>
  close(): void
}

const unavailable = 0x1000
const levelName = (code: number) => Object.entries(levelCodes).find(([, each]) => each === code)?.[0] ?? String(code)

/** Connects and starts up; fails when the node does not answer within the time. */
export async function openConnection(host: string, port: number, milliseconds: number): Promise<Connection> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opening = connect({ host, port, timeout: milliseconds }, () => {
      // Silence counts only while a reply is awaited.
      opening.setTimeout(0)
      resolve(opening)
    })
    opening.once('error', reject)
    opening.once('timeout', () => opening.destroy(new Error(`${host} does not answer`)))
  })
  let received = Buffer.alloc(0)
  let waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined
  socket.on('data', data => {
    received = Buffer.concat([received, data])
    if (received.length < 9 || received.length < 9 + received.readInt32BE(5)) return
    const reply = parsed(received[4]!, received.subarray(9, 9 + received.readInt32BE(5)))
    received = received.subarray(9 + received.readInt32BE(5))
    socket.setTimeout(0)
    waiting?.resolve(reply)
    waiting = undefined
  })
  const fail = (error: Error) => {
    waiting?.reject(error)
    waiting = undefined
  }
  socket.on('error', fail)
  socket.on('timeout', () => socket.destroy(new Error(`${host} does not answer`)))
  socket.on('close', () => fail(new Error(`${host} closed the connection`)))
  const send = (opcode: number, body: Buffer) =>
    new Promise<Reply>((resolve, reject) => {
      if (socket.destroyed) return reject(new Error(`${host} closed the connection`))
      waiting = { resolve, reject }
      socket.setTimeout(milliseconds)
      const head = Buffer.from([4, 0, 0, 0, opcode, 0, 0, 0, 0])
      head.writeInt32BE(body.length, 5)
      socket.write(Buffer.concat([head, body]))
    })
  const text = (value: string) => Buffer.concat([Buffer.from([value.length >> 8, value.length & 255]), Buffer.from(value)])
  const started = await send(1, Buffer.concat([Buffer.from([0, 1]), text('CQL_VERSION'), text('3.0.0')]))
  if (started.kind === 'error') throw new Error(started.message)
  return {
    query(cql, level, serial) {
      const statement = Buffer.from(cql)
      const length = Buffer.alloc(4)
      length.writeInt32BE(statement.length)
      const flags = serial ? [0x10, 0, levelCodes[serial]] : [0]
      return send(7, Buffer.concat([length, statement, Buffer.from([0, levelCodes[level], ...flags])]))
    },
    close: () => socket.destroy(),
  }
}

function parsed(opcode: number, body: Buffer): Reply {
  if (opcode !== 0) return { kind: 'ok', body: Buffer.from(body) }
  const code = body.readInt32BE(0)
  const length = body.readUInt16BE(4)
  const message = body.toString('utf8', 6, 6 + length)
  if (code !== unavailable)
    return {
      kind: 'error',
      code,
      message,
      ...(code === 0x1100 || code === 0x1200 ? { level: levelName(body.readUInt16BE(6 + length)) } : {}),
    }
  const at = 6 + length
  return {
    kind: 'error',
    code,
    message,
    level: levelName(body.readUInt16BE(at)),
    required: body.readInt32BE(at + 2),
    alive: body.readInt32BE(at + 6),
  }
}

/** JVM option files and cassandra-env.sh: which flags the start scripts hand to Java, and where they stand. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEnvironmentScript } from '../../server/src/core/syntax/environment-script.ts'
import { parseJvmOptions } from '../../server/src/core/syntax/jvm-options.ts'
import { textAt } from '../../server/src/core/text/span.ts'

const options = (text: string, path = 'db1/jvm11-server.options') => parseJvmOptions({ path, text })
const script = (text: string) => parseEnvironmentScript({ path: 'db1/cassandra-env.sh', text })
const assigned = (text: string) => script(text).assignments.map(a => [a.name, a.value, a.placeholder ? 'unknown' : 'known', a.certain])
const flags = (text: string) => script(text).flags.map(flag => [flag.text, flag.certain])

test('lines, comments and lines that the start script skips', () => {
  const parsed = options('# heap\n-Xms4G\r\n-Xmx4G\n\n  -Xmn1G\nXX:+UseG1GC\n#-Xss256k\n')
  expect(parsed.lines.map(line => [textAt(line.span), line.taken])).toEqual([
    ['-Xms4G', true],
    ['-Xmx4G', true],
    ['-Xmn1G', false],
    ['XX:+UseG1GC', false],
  ])
  expect(parsed).toMatchObject({ java: 11, audience: 'server', template: false })
})

test('the name says which Java and who reads it', () => {
  expect(options('', 'jvm.options')).toMatchObject({ java: undefined, audience: 'server' })
  expect(options('', 'jvm8-clients.options')).toMatchObject({ java: 8, audience: 'clients' })
  expect(options('', 'jvm17-server.options.j2')).toMatchObject({ java: 17, audience: 'server', template: true })
})

test('lines under a template condition are not certain', () => {
  const parsed = options('{% if g1 %}\n-XX:+UseG1GC\n{% endif %}\n-Xmx{{ heap }}\n-Xss1m')
  expect(parsed.lines.map(line => [line.text, line.certain, line.placeholder])).toEqual([
    ['-XX:+UseG1GC', false, false],
    ['-Xmx{{ heap }}', true, true],
    ['-Xss1m', true, false],
  ])
  expect(parsed.template).toBe(true)
})

test('assignments and flags of a script', () => {
  expect(assigned('MAX_HEAP_SIZE="4G"\n#HEAP_NEWSIZE="800M"\nexport JMX_PORT=7199\nX=$Y')).toEqual([
    ['MAX_HEAP_SIZE', '4G', 'known', true],
    ['JMX_PORT', '7199', 'known', true],
    ['X', '$Y', 'unknown', true],
  ])
  expect(flags('JMX_PORT=7199\nJVM_OPTS="$JVM_OPTS -Xss256k -Dport=$JMX_PORT"\nJVM_OPTS="$JVM_OPTS -Da=$UNSET"')).toEqual([
    ['-Xss256k', true],
    ['-Dport=7199', true],
    ['-Da=$UNSET', true],
  ])
  const parsed = script('JVM_OPTS="$JVM_OPTS -Dcassandra.replace_address=10.0.0.1"')
  expect(textAt(parsed.flags[0]!.span)).toBe('-Dcassandra.replace_address=10.0.0.1')
})

test('conditions on variables of the script are followed, others are "maybe"', () => {
  const jmx = (local: string) => `
if [ "x$LOCAL_JMX" = "x" ]; then
    LOCAL_JMX=${local}
fi
if [ "$LOCAL_JMX" = "yes" ]; then
  JVM_OPTS="$JVM_OPTS -Dlocal"
else
  JVM_OPTS="$JVM_OPTS -Dremote"
fi`
  expect(flags(jmx('yes'))).toEqual([['-Dlocal', true]])
  expect(flags(jmx('no'))).toEqual([['-Dremote', true]])
  expect(flags('if [ "$OTHER" = "1" ]; then\n JVM_OPTS="$JVM_OPTS -Da"\nfi\nJVM_OPTS="$JVM_OPTS -Db"')).toEqual([
    ['-Da', false],
    ['-Db', true],
  ])
  expect(flags('[ -n "$A" ] && JVM_OPTS="$JVM_OPTS -Da"\nJVM_OPTS="$JVM_OPTS -Db"')).toEqual([
    ['-Da', false],
    ['-Db', true],
  ])
  expect(assigned('case "`uname`" in\n Linux)\n  A=1\n ;;\n *)\n  A=2\n ;;\nesac\nB=3')).toEqual([
    ['A', '1', 'known', false],
    ['A', '2', 'known', false],
    ['B', '3', 'known', true],
  ])
})

test('a function is defined, not called; what it sets is not certain', () => {
  const parsed = script('configure()\n{\n  A=1\n}\nconfigure_jmx 7199\n')
  expect(parsed.calls.map(call => call.name)).toEqual(['configure_jmx'])
  expect(parsed.assignments.map(a => a.certain)).toEqual([false])
})

test('more flags than a call stack holds', () => {
  expect(script(`JVM_OPTS="${'-a '.repeat(200_000)}"`).flags).toHaveLength(200_000)
})

const soup = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      'if ',
      'then\n',
      'else ',
      'fi\n',
      '[ "$A" = "b" ]',
      ';',
      '"',
      "'",
      '`',
      '$(',
      ')',
      '(',
      '{',
      '}',
      'JVM_OPTS=',
      '-Xmx4G',
      '\\',
      '\n',
      '#',
      ' ',
      'case ',
      'esac',
      '${',
      '{% if %}',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
  maxLength: 60,
})

test('any text is answered, with places inside it', () => {
  fc.assert(
    fc.property(soup, text => {
      const parsed = script(text)
      const spans = [
        ...parsed.assignments.flatMap(a => [a.span, a.valueSpan]),
        ...parsed.flags.map(flag => flag.span),
        ...parsed.calls.map(call => call.span),
        ...options(text).lines.map(line => line.span),
      ]
      for (const span of spans) {
        expect(span.start).toBeGreaterThanOrEqual(0)
        expect(span.end).toBeGreaterThanOrEqual(span.start)
        expect(span.end).toBeLessThanOrEqual(text.length)
      }
    }),
    { numRuns: 500 },
  )
})

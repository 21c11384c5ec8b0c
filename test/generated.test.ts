/** Generated files are as the code makes them now. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { toolVersion } from '../server/src/cli/tool-version.ts'
import { generatedFiles } from './generated-files.ts'

const root = join(import.meta.dirname, '..')

test.each([...generatedFiles()])('%s is up to date: npm run generate', (path, text) => {
  expect(existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : 'missing').toBe(text)
})

test('the tool and the package have one version', () => {
  expect(toolVersion).toBe(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)
})

/** All bundles: `node tasks/build.mjs` makes every one, `node tasks/build.mjs cli server` those named. What is in each is written to dist/meta for the bundle test. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const node = { platform: 'node', format: 'cjs', target: 'node20.19', define: { 'import.meta.dirname': '__dirname' } }
const browser = { platform: 'browser', target: 'es2023', mainFields: ['browser', 'module', 'main'] }

/** Every bundle: where it starts, where it goes. */
export const bundles = {
  cli: { entry: 'server/src/entry/cli-entry.ts', outfile: 'dist/cli.cjs', ...node, banner: { js: '#!/usr/bin/env node' } },
  server: { entry: 'server/src/entry/node.ts', outfile: 'dist/server.cjs', ...node },
  client: { entry: 'client/src/node.ts', outfile: 'dist/client.cjs', ...node, external: ['vscode'] },
  'web-server': { entry: 'server/src/entry/browser.ts', outfile: 'dist/web/server.js', ...browser, format: 'iife' },
  panel: { entry: 'client/panel/what-if.ts', outfile: 'dist/panel/what-if.js', ...browser, format: 'iife' },
  'panel-style': { entry: 'client/panel/what-if.css', outfile: 'dist/panel/what-if.css', ...browser },
  'web-client': { entry: 'client/src/browser.ts', outfile: 'dist/web/client.cjs', ...browser, format: 'cjs', external: ['vscode'] },
}

async function build(name) {
  const { entry, ...options } = bundles[name]
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    keepNames: false,
    legalComments: 'none',
    charset: 'utf8',
    sourcemap: process.argv.includes('--sourcemap'),
    metafile: true,
    logLevel: 'warning',
    ...options,
  })
  mkdirSync(join(root, 'dist/meta'), { recursive: true })
  writeFileSync(join(root, `dist/meta/${name}.json`), JSON.stringify(result.metafile))
  return result.metafile.outputs[options.outfile].bytes
}

const named = process.argv.slice(2).filter(word => !word.startsWith('-'))
const wanted = named.length > 0 ? named : Object.keys(bundles)
if (named.length === 0) rmSync(join(root, 'dist'), { recursive: true, force: true })
let failed = false
for (const name of wanted) {
  if (!bundles[name]) {
    console.error(`no bundle is called ${name}: ${Object.keys(bundles).join(', ')}`)
    failed = true
  } else if (!existsSync(join(root, bundles[name].entry))) {
    console.error(`${name}: ${bundles[name].entry} is missing`)
    failed = true
  } else {
    try {
      const bytes = await build(name)
      console.log(`${bundles[name].outfile.padEnd(20)} ${(bytes / 1024).toFixed(0).padStart(6)} kB`)
    } catch {
      failed = true
    }
  }
}
if (failed) process.exitCode = 1

/** Where a name at the cursor is defined, where else it stands, and what a rename would change. */

import type { Span } from '../text/span.ts'
import type { Snapshot } from '../workspace/snapshot.ts'
import type { Definition, RenameTarget } from './editor-types.ts'
import { mentionAt, mentionsOf } from './mentions.ts'
import { wireguardDefinitionAt, wireguardReferencesAt } from './wireguard-definition.ts'

export function definitionAt(snapshot: Snapshot, path: string, offset: number): Definition | undefined {
  const tunnel = wireguardDefinitionAt(snapshot, path, offset)
  if (tunnel) return tunnel
  const here = mentionAt(snapshot, path, offset)
  if (!here) return undefined
  const same = mentionsOf(snapshot).filter(mention => mention.thing === here.thing)
  const defining = same.filter(mention => mention.defines)
  return { from: here.span, targets: (defining.length ? defining : same).map(mention => mention.span) }
}

/** Every place of the thing at the cursor, this one included. */
export function referencesAt(snapshot: Snapshot, path: string, offset: number): readonly Span[] {
  const tunnels = wireguardReferencesAt(snapshot, path, offset)
  if (tunnels.length > 0) return tunnels
  const here = mentionAt(snapshot, path, offset)
  return here
    ? mentionsOf(snapshot)
        .filter(mention => mention.thing === here.thing)
        .map(mention => mention.span)
    : []
}

/** Undefined where nothing can be renamed. Addresses can: the tunnel's end must be changed with them, which the rules then say. */
export function renameAt(snapshot: Snapshot, path: string, offset: number): RenameTarget | undefined {
  const here = mentionAt(snapshot, path, offset)
  if (!here) return undefined
  const places = mentionsOf(snapshot)
    .filter(mention => mention.thing === here.thing)
    .map(mention => mention.span)
    .filter(span => span.file.text.slice(span.start, span.end) === here.name)
  return { span: here.span, name: here.name, places }
}

/** Where a node stands: datacenter and rack, as its snitch (6.0: its initial location provider) would find them. */
import { normaliseAddress } from '../analysis/ip-network.ts'
import { entryFor, type ParsedProperties, type PropertyEntry } from '../syntax/properties.ts'
import { type Fact, known, unknown } from '../text/fact.ts'
import { holdsPlaceholder } from '../text/placeholder.ts'
import type { Located, Span } from '../text/span.ts'
import type { DeclaredNode } from './declared.ts'
import { type DatacenterName, datacenterName, type RackName, rackName } from './names.ts'
import type { Location } from './node.ts'

/** How a class learns the place of its own node. */
export type LocationSource = 'rackdc' | 'topology' | 'simple' | 'rack-inferring' | 'cloud'

/** Simple class names of snitches and, from 6.0, initial location providers. Any other class is not known. */
export const locationSources: Readonly<Record<string, LocationSource>> = {
  GossipingPropertyFileSnitch: 'rackdc',
  PropertyFileSnitch: 'topology',
  SimpleSnitch: 'simple',
  RackInferringSnitch: 'rack-inferring',
  Ec2Snitch: 'cloud',
  Ec2MultiRegionSnitch: 'cloud',
  GoogleCloudSnitch: 'cloud',
  AzureSnitch: 'cloud',
  AlibabaCloudSnitch: 'cloud',
  CloudstackSnitch: 'cloud',
  RackDCFileLocationProvider: 'rackdc',
  TopologyFileLocationProvider: 'topology',
  SimpleLocationProvider: 'simple',
  Ec2LocationProvider: 'cloud',
  GoogleCloudLocationProvider: 'cloud',
  AzureCloudLocationProvider: 'cloud',
  AlibabaCloudLocationProvider: 'cloud',
  CloudstackLocationProvider: 'cloud',
}

export interface LocationInputs {
  /** Simple class name of endpoint_snitch. */
  readonly snitch: Fact<string>
  /** Simple class name of initial_location_provider (6.0). */
  readonly locationProvider: Fact<string>
  readonly rackdc: ParsedProperties | undefined
  readonly topology: ParsedProperties | undefined
  /** The normalised address that a topology file may name the node by. */
  readonly broadcast: Fact<string>
  readonly declared: DeclaredNode
  /** Of the compose service that runs the node; its entry point writes CASSANDRA_DC and CASSANDRA_RACK into the rackdc file. */
  readonly environment: ReadonlyMap<string, Located<string>> | undefined
}

const simpleDatacenter = datacenterName('datacenter1')
const simpleRack = rackName('rack1')

/** Files count over foretell.yaml, which fills in what no file says. */
export function locateNode(inputs: LocationInputs): Location {
  const found = bySnitch(inputs)
  const { datacenter, rack } = inputs.declared
  if (found.datacenter.kind === 'known' && found.rack.kind === 'known') return found
  if (!datacenter && !rack) return found
  return {
    datacenter:
      found.datacenter.kind === 'known' || !datacenter ? found.datacenter : known(datacenterName(datacenter.value), datacenter.span),
    rack: found.rack.kind === 'known' || !rack ? found.rack : known(rackName(rack.value), rack.span),
    from: found.datacenter.kind === 'known' ? found.from : 'foretell',
  }
}

function bySnitch(inputs: LocationInputs): Location {
  const ordered = inputs.environment?.get('CASSANDRA_ENDPOINT_SNITCH')
  const snitch = ordered && !holdsPlaceholder(ordered.value) ? known(simpleName(ordered.value), ordered.span) : inputs.snitch
  const decisive = snitch.kind === 'absent' ? inputs.locationProvider : snitch
  switch (decisive.kind) {
    case 'unknown':
      return nowhere(decisive.why)
    case 'absent':
      return inputs.rackdc ? byRackdc(inputs) : nowhere('no snitch is set')
    case 'known':
      switch (locationSources[decisive.value]) {
        case 'rackdc':
          return byRackdc(inputs)
        case 'topology':
          return byTopology(inputs)
        case 'simple':
          return { datacenter: known(simpleDatacenter, decisive.span), rack: known(simpleRack, decisive.span), from: 'simple-snitch' }
        case 'rack-inferring':
          return byOctets(inputs.broadcast, decisive.span)
        case 'cloud':
          return nowhere(`${decisive.value} asks the cloud's metadata service`)
        default:
          return nowhere(`${decisive.value} is not one of Cassandra's own`)
      }
  }
}

function byRackdc({ rackdc, environment }: LocationInputs): Location {
  const given = (name: string): Located<string> | undefined => {
    const value = environment?.get(name)
    return value && !holdsPlaceholder(value.value) ? value : undefined
  }
  const datacenter = given('CASSANDRA_DC')
  const rack = given('CASSANDRA_RACK')
  if (!rackdc && !datacenter && !rack) return nowhere('its cassandra-rackdc.properties is not here')
  return {
    datacenter: datacenter ? known(datacenterName(datacenter.value.trim()), datacenter.span) : placeIn(rackdc, 'dc', datacenterName),
    rack: rack ? known(rackName(rack.value.trim()), rack.span) : placeIn(rackdc, 'rack', rackName),
    from: datacenter ? 'compose' : 'rackdc',
  }
}

function placeIn<T>(rackdc: ParsedProperties | undefined, key: 'dc' | 'rack', name: (text: string) => T): Fact<T> {
  if (!rackdc) return unknown('its cassandra-rackdc.properties is not here')
  const entry = entryFor(rackdc, key)
  if (!entry) return unknown(`${rackdc.file.path} has no \`${key}\``)
  return entry.placeholder
    ? unknown(`\`${key}\` is a placeholder in ${rackdc.file.path}`, entry.valueSpan)
    : known(name(javaTrim(entry.value)), entry.valueSpan)
}

function byTopology({ topology, broadcast }: LocationInputs): Location {
  if (!topology) return nowhere('its cassandra-topology.properties is not here')
  if (broadcast.kind !== 'known') return nowhere('its broadcast address is not known')
  const entry = topologyEntry(topology, broadcast.value)
  if (entry === 'unknown') return nowhere(`${topology.file.path} names hosts that only a name service knows`)
  if (!entry) return nowhere(`${topology.file.path} has no entry for ${broadcast.value} and no default`)
  if (entry.placeholder) return nowhere(`the entry for ${broadcast.value} is a placeholder`)
  const place = topologyPlace(entry)
  return { datacenter: known(place.datacenter, entry.valueSpan), rack: known(place.rack, entry.valueSpan), from: 'topology' }
}

/** The entry that counts for an address: its own, the last one, else `default`; unknown when a host name or a template may still name it. */
export function topologyEntry(topology: ParsedProperties, address: string): PropertyEntry | 'unknown' | undefined {
  const { byAddress, fallback, complete } = topologyTable(topology)
  return byAddress.get(address) ?? (complete ? fallback : 'unknown')
}

export interface TopologyTable {
  /** By normalised address. */
  readonly byAddress: ReadonlyMap<string, PropertyEntry>
  readonly fallback: PropertyEntry | undefined
  /** No key is a host name, a placeholder or may stand elsewhere. */
  readonly complete: boolean
}

const tables = new WeakMap<ParsedProperties, TopologyTable>()

/** A topology file by address; PropertyFileSnitch drops slashes from keys. */
export function topologyTable(topology: ParsedProperties): TopologyTable {
  let table = tables.get(topology)
  if (!table) {
    const byAddress = new Map<string, PropertyEntry>()
    let fallback: PropertyEntry | undefined
    let complete = !topology.keysMayBeElsewhere
    for (const entry of topology.entries) {
      if (entry.key === 'default') {
        fallback = entry
        continue
      }
      const address = normaliseAddress(entry.key.replaceAll('/', ''))
      if (address === undefined) complete = false
      else byAddress.set(address, entry)
    }
    table = { byAddress, fallback, complete }
    tables.set(topology, table)
  }
  return table
}

/** `DC:RACK` as PropertyFileSnitch splits it; fewer than two parts give `default:default`. */
export function topologyPlace(entry: PropertyEntry): {
  readonly datacenter: DatacenterName
  readonly rack: RackName
  readonly wholeParts: boolean
} {
  const parts = entry.value.split(':')
  while (parts.length > 0 && parts.at(-1) === '') parts.pop()
  if (parts.length < 2) return { datacenter: datacenterName('default'), rack: rackName('default'), wholeParts: false }
  return { datacenter: datacenterName(javaTrim(parts[0]!)), rack: rackName(javaTrim(parts[1]!)), wholeParts: true }
}

function byOctets(broadcast: Fact<string>, span: Span | undefined): Location {
  if (broadcast.kind !== 'known') return nowhere('its broadcast address is not known')
  const octets = broadcast.value.split('.')
  if (octets.length !== 4) return nowhere('RackInferringSnitch reads IPv4 addresses only')
  const at = broadcast.span ?? span
  return { datacenter: known(datacenterName(octets[1]!), at), rack: known(rackName(octets[2]!), at), from: 'rack-inferring' }
}

function nowhere(why: string): Location {
  return { datacenter: unknown(why), rack: unknown(why), from: 'unknown' }
}

function simpleName(className: string): string {
  return className.slice(className.lastIndexOf('.') + 1)
}

/** java.lang.String.trim: everything up to the blank goes from both ends. */
function javaTrim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && text.charCodeAt(start) <= 0x20) start++
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--
  return text.slice(start, end)
}

/** Names that get confused are branded: a datacenter is not a rack is not a node. Compared exactly, as Cassandra does. */

declare const brand: unique symbol
type Named<B extends string> = string & { readonly [brand]: B }

export type NodeName = Named<'node'>
export type DatacenterName = Named<'datacenter'>
export type RackName = Named<'rack'>
export type KeyspaceName = Named<'keyspace'>

export const nodeName = (text: string): NodeName => text as NodeName
export const datacenterName = (text: string): DatacenterName => text as DatacenterName
export const rackName = (text: string): RackName => text as RackName
export const keyspaceName = (text: string): KeyspaceName => text as KeyspaceName

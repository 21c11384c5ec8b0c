/** Which flags a Java no longer, or not yet, knows (it stops with "Unrecognized VM option"), and which Java a release takes. */
import type { ReleaseLine } from '../../catalog/release.ts'

export interface FlagOfJava {
  /** Of the flag's name, after `-XX:` and its sign. */
  readonly name: RegExp
  /** First Java that refuses it. */
  readonly goneIn?: number
  /** First Java that knows it. */
  readonly since?: number
  readonly instead?: string
}

/** Run on OpenJDK 17; JEP 363 removed CMS in 14. */
export const flagsOfJava: readonly FlagOfJava[] = [
  {
    name: /^(?:UseConcMarkSweepGC|CMS\w*|UseCMS\w*|ExplicitGCInvokesConcurrentAndUnloadsClasses)$/,
    goneIn: 17,
    instead: 'G1 (-XX:+UseG1GC)',
  },
  { name: /^(?:UseParNewGC|ParGC\w*|ParallelCMS\w*)$/, goneIn: 17, instead: 'G1 (-XX:+UseG1GC)' },
  {
    name: /^PrintGCDateStamps$|^PrintGCTimeStamps$|^PrintTenuringDistribution$|^PrintHeapAtGC$|^PrintGCApplicationStoppedTime$|^PrintPromotionFailure$|^PrintFLSStatistics$|^UseGCLogFileRotation$|^NumberOfGCLogFiles$|^GCLogFileSize$/,
    goneIn: 17,
    instead: '-Xlog:gc*',
  },
  { name: /^AggressiveOpts$/, goneIn: 17 },
  { name: /^(?:Max)?PermSize$/, goneIn: 17 },
  { name: /^UnlockCommercialFeatures$/, goneIn: 17 },
  { name: /^ZGenerational$/, since: 21 },
]

/** As the start scripts check it; 3.11 checks nothing here. */
export const javaOfRelease: Partial<Readonly<Record<ReleaseLine, { readonly words: string; takes(java: number): boolean }>>> = {
  '4.0': { words: 'Java 8, 11 or newer', takes: java => java === 8 || java >= 11 },
  '4.1': { words: 'Java 8, 11 or newer', takes: java => java === 8 || java >= 11 },
  '5.0': { words: 'Java 11, 17 or newer', takes: java => java === 11 || java >= 17 },
  '6.0': { words: 'Java 11, 17 or 21', takes: java => java === 11 || java === 17 || java === 21 },
}

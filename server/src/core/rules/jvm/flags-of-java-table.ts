/** Flags that a Java no longer, or not yet, knows: java stops with "Unrecognized VM option". */

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

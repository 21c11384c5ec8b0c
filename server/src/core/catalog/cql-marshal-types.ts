/** Classes that a quoted type may name without their package. */

export const marshalTypes: ReadonlySet<string> = new Set(
  'AsciiType BooleanType ByteType BytesType CompositeType CounterColumnType DateType DecimalType DoubleType DurationType DynamicCompositeType EmptyType FloatType FrozenType InetAddressType Int32Type IntegerType LexicalUUIDType ListType LongType MapType ReversedType SetType ShortType SimpleDateType TimeType TimeUUIDType TimestampType TupleType UTF8Type UUIDType UserType VectorType ColumnToCollectionType PartitionerDefinedOrder'.split(
    ' ',
  ),
)

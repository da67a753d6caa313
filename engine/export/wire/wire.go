// Package wire writes fields of protocol buffers. It knows no messages.
package wire

import (
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// A Number is that of a field.
type Number = protowire.Number

// Text appends a field that is a string.
func Text(b []byte, field Number, s string) []byte {
	return protowire.AppendString(protowire.AppendTag(b, field, protowire.BytesType), s)
}

// Message appends a field that is a message, or bytes.
func Message(b []byte, field Number, m []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, field, protowire.BytesType), m)
}

// Int appends a field that is an int32, an int64, an enumeration, or 1 for true.
func Int(b []byte, field Number, v int64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, field, protowire.VarintType), uint64(v))
}

// Float appends a field that is a float.
func Float(b []byte, field Number, v float32) []byte {
	return protowire.AppendFixed32(protowire.AppendTag(b, field, protowire.Fixed32Type), math.Float32bits(v))
}

// Double appends a field that is a double.
func Double(b []byte, field Number, v float64) []byte {
	return protowire.AppendFixed64(protowire.AppendTag(b, field, protowire.Fixed64Type), math.Float64bits(v))
}

// Begin appends the beginning of a field of size bytes that are written later.
func Begin(b []byte, field Number, size int64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, field, protowire.BytesType), uint64(size))
}

// Sized returns how many bytes a field takes whose content has size.
func Sized(field Number, size int64) int64 {
	return int64(protowire.SizeTag(field)+protowire.SizeVarint(uint64(size))) + size
}

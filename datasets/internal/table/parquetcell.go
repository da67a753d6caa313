package table

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	parquetformat "github.com/parquet-go/parquet-go/format"
)

// LeafTypes returns what the values of each column of a Parquet file stand for, nil where they are
// what they are stored as.
func LeafTypes(f *parquet.File, columns []parquet.LeafColumn) []parquetformat.LogicalTypeValue {
	var types []parquetformat.LogicalTypeValue
	for _, e := range f.Metadata().Schema {
		if e.Type.Valid {
			types = append(types, e.LogicalType.Value)
		}
	}
	for i := range columns {
		if i == len(types) {
			types = append(types, nil)
		}
		if l := columns[i].Node.Type().LogicalType(); l != nil && l.Value != nil { // which knows the annotations of old files, too
			types[i] = l.Value
		}
	}
	return types
}

// ParquetCell is a value as a cell, and whether it is text.
func ParquetCell(v parquet.Value, kind parquetformat.LogicalTypeValue) (cell string, text bool) {
	switch l := kind.(type) {
	case *parquetformat.DecimalType:
		return decimalText(unscaled(v), int(l.Scale)), false
	case *parquetformat.IntType:
		if !l.IsSigned && v.Kind() == parquet.Int32 {
			return strconv.FormatUint(uint64(uint32(v.Int32())), 10), false
		}
		if !l.IsSigned && v.Kind() == parquet.Int64 {
			return strconv.FormatUint(uint64(v.Int64()), 10), false
		}
	case *parquetformat.DateType:
		return time.Unix(int64(v.Int32())*86400, 0).UTC().Format(time.DateOnly), false
	case *parquetformat.TimestampType:
		return timeText(instant(v.Int64(), l.Unit)), false
	case *parquetformat.TimeType:
		n := v.Int64()
		if v.Kind() == parquet.Int32 {
			n = int64(v.Int32())
		}
		return instant(n, l.Unit).Format("15:04:05.999999999"), true
	case *parquetformat.Float16Type:
		if b := v.ByteArray(); len(b) == 2 {
			return strconv.FormatFloat(Half(binary.LittleEndian.Uint16(b)), 'g', -1, 32), false
		}
	case *parquetformat.UUIDType:
		if b := v.ByteArray(); len(b) == 16 {
			return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), true
		}
	}
	switch v.Kind() {
	case parquet.Float:
		return strconv.FormatFloat(float64(v.Float()), 'g', -1, 32), false
	case parquet.Double:
		return strconv.FormatFloat(v.Double(), 'g', -1, 64), false
	case parquet.Int96: // nanoseconds of a day and its number in Julian's count, as Spark and Impala wrote them
		n := v.Int96()
		day := int64(n[2]) - 2440588
		return timeText(time.Unix(day*86400, int64(n[1])<<32|int64(n[0])).UTC()), false
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return bytesText(v.ByteArray()), true
	}
	return v.String(), false
}

// instant is the time that a number of units since 1970 stands for.
func instant(n int64, unit parquetformat.TimeUnit) time.Time {
	switch unit.Value.(type) {
	case *parquetformat.MicroSeconds:
		return time.UnixMicro(n).UTC()
	case *parquetformat.NanoSeconds:
		return time.Unix(0, n).UTC()
	}
	return time.UnixMilli(n).UTC()
}

func timeText(t time.Time) string { return t.Format(time.DateTime) }

// unscaled is the whole number in a decimal, whatever holds it.
func unscaled(v parquet.Value) *big.Int {
	switch v.Kind() {
	case parquet.Int32:
		return big.NewInt(int64(v.Int32()))
	case parquet.Int64:
		return big.NewInt(v.Int64())
	}
	b := v.ByteArray() // in two's complement, the highest byte first
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}

// mostScale is more digits behind the point than any decimal of Parquet has.
const mostScale = 100

// decimalText writes n·10^−scale.
func decimalText(n *big.Int, scale int) string {
	if scale < 0 || scale > mostScale {
		return n.String() + "e" + strconv.Itoa(-scale)
	}
	digits, minus := n.String(), ""
	if rest, ok := strings.CutPrefix(digits, "-"); ok {
		digits, minus = rest, "-"
	}
	if pad := scale + 1 - len(digits); pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	if scale == 0 {
		return minus + digits
	}
	return minus + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}

// bytesText shows bytes as what they are if they are text, else as their digits.
func bytesText(b []byte) string {
	if s := string(b); utf8.Valid(b) && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) && !unicode.IsSpace(r) }) < 0 {
		return s
	}
	return "0x" + hex.EncodeToString(b[:min(len(b), 32)]) + map[bool]string{true: "…"}[len(b) > 32]
}

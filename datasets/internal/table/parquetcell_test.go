package table

import (
	"testing"

	"github.com/parquet-go/parquet-go"
	parquetformat "github.com/parquet-go/parquet-go/format"
)

// Decimals in bytes of any length, with any scale.
func TestDecimalText(t *testing.T) {
	for _, tt := range []struct {
		v     parquet.Value
		scale int32
		want  string
	}{
		{parquet.ByteArrayValue([]byte{0x30, 0x39}), 2, "123.45"},
		{parquet.ByteArrayValue([]byte{0xff}), 3, "-0.001"},
		{parquet.ByteArrayValue(nil), 1, "0.0"},
		{parquet.FixedLenByteArrayValue([]byte{0x80, 0}), 0, "-32768"},
		{parquet.Int32Value(-5), 1, "-0.5"},
		{parquet.Int64Value(1234567890123), 12, "1.234567890123"},
		{parquet.Int64Value(7), -2, "7e2"},
		{parquet.Int64Value(7), 2_000_000_000, "7e-2000000000"}, // of a damaged file
	} {
		got, text := ParquetCell(tt.v, &parquetformat.DecimalType{Scale: tt.scale, Precision: 9})
		if got != tt.want || text {
			t.Errorf("%v with scale %d: %q, want %q", tt.v, tt.scale, got, tt.want)
		}
	}
}

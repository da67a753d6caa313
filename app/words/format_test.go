package words

import (
	"testing"
)

func TestFormat(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{ByteSize(999), "999 bytes"},
		{ByteSize(312_000_000), "312 MB"},
		{ByteSize(2_500_000_000), "2.5 GB"},
		{Number(0.0002), "0.0002"},
		{Number(0.00001), "1e-5"},
		{Number(999.94), "999.9"},
		{Number(65536), "65,536"},
		{Number(-1234.5678), "-1,235"},
		{Number(1e20), "1e+20"},
		{Sentence("read x: no such file"), "Read x: no such file"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

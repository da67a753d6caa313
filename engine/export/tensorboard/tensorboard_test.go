package tensorboard

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"hash/crc32"
	"os"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
)

var update = flag.Bool("update", false, "write the golden file anew, for make counterparts")

// pixel is a PNG file of one pixel.
const pixel = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\xdach\x00\x00\x00\x82\x00\x81\xdaE\x08;\x00\x00\x00\x00IEND\xaeB`\x82"

// everything writes one of each kind of event.
func everything(w *Writer) {
	w.Text(1.7e9, "recipe", "# moons")
	w.Settings(map[string]any{"g.lr": 0.002, "objective": "relativistic", "mirror": true, "spectral": false}, 1.7e9, 1.7e9+60)
	w.Numbers(1, 1.7e9+0.5, []Number{{"metrics/loss_d", 0.75}, {"metrics/loss_g", -1.25}})
	w.Numbers(300, 1.7e9+59.5, []Number{{"metrics/loss_d", 0.5}})
	w.Picture(300, 1.7e9+60, "sheet", []byte(pixel), 1, 1)
}

// TestGolden compares with a file that TensorBoard's EventAccumulator has read as it was meant: see
// "make counterparts".
func TestGolden(t *testing.T) {
	const golden = "testdata/events.out.tfevents.1700000000.golden"
	var b bytes.Buffer
	w := NewWriter(&b, 1.7e9)
	everything(w)
	if err := w.Err(); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), want) {
		t.Error("the file is another than the golden one: write that with -update, and run make counterparts")
	}
}

// Records are framed by their lengths and checksums, with nothing between them.
func TestRecords(t *testing.T) {
	if got := crc32.Checksum([]byte("123456789"), castagnoli); got != 0xe3069283 { // RFC 3720's check value
		t.Fatalf("CRC-32C is %x", got)
	}
	var b bytes.Buffer
	everything(NewWriter(&b, 1.7e9))
	records := 0
	for rest := b.Bytes(); len(rest) > 0; records++ {
		n := binary.LittleEndian.Uint64(rest)
		if checksum(rest[:8]) != binary.LittleEndian.Uint32(rest[8:]) {
			t.Fatalf("record %d has a wrong checksum of its length", records)
		}
		event := rest[12 : 12+n]
		if checksum(event) != binary.LittleEndian.Uint32(rest[12+n:]) {
			t.Fatalf("record %d has a wrong checksum", records)
		}
		for fields := event; len(fields) > 0; {
			_, _, n := protowire.ConsumeField(fields)
			if n < 0 {
				t.Fatalf("record %d: %v", records, protowire.ParseError(n))
			}
			fields = fields[n:]
		}
		rest = rest[16+n:]
	}
	if records != 7 {
		t.Errorf("%d records, want 7", records)
	}
}

type full struct{ left int }

var errFull = errors.New("full")

func (f *full) Write(b []byte) (int, error) {
	if f.left--; f.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

// The first error stays, and nothing is written after it.
func TestError(t *testing.T) {
	f := &full{left: 2}
	w := NewWriter(f, 0)
	everything(w)
	if w.Err() != errFull || f.left != -1 {
		t.Errorf("error %v, %d writes after it", w.Err(), -1-f.left)
	}
}

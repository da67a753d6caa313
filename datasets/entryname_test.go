package datasets

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/datatest"
)

// namedZip and namedTar hold pictures under names that are written as they are.
func namedZip(t *testing.T, names []string, extra func(name string) []byte) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i, name := range names {
		h := &zip.FileHeader{Name: name, NonUTF8: true}
		if extra != nil {
			h.Extra = extra(name)
		}
		w, err := z.CreateHeader(h)
		datatest.Must(t, err)
		w.Write([][]byte{datatest.Red, datatest.Green, datatest.Blue}[i%3])
	}
	datatest.Must(t, z.Close())
	file := filepath.Join(t.TempDir(), "some.zip")
	datatest.Must(t, os.WriteFile(file, out.Bytes(), 0o644))
	return file
}

func namedTar(t *testing.T, names []string) string {
	t.Helper()
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for i, name := range names {
		data := [][]byte{datatest.Red, datatest.Green, datatest.Blue}[i%3]
		datatest.Must(t, w.WriteHeader(&tar.Header{Name: name, Size: int64(len(data)), Mode: 0o644, Format: tar.FormatGNU}))
		w.Write(data)
	}
	datatest.Must(t, w.Close())
	file := filepath.Join(t.TempDir(), "some.tar")
	datatest.Must(t, os.WriteFile(file, out.Bytes(), 0o644))
	return file
}

// Entries lie where the programs that unpack archives put them, in zips and tars alike; only those
// that lead out are left out.
func TestEntryNames(t *testing.T) {
	tests := []struct {
		name string // of a folder, before cat/ and dog/
		ok   bool
	}{
		{"", true},
		{"./", true},
		{"/", true},
		{"//server//share/", true},
		{`\\server\share\`, true},
		{"/home/me/", true},
		{"data/../", true},
		{"data/./x//", true},
		{"C:/Users/me/", true},
		{`D:\data\`, true},
		{"12:30:00/", true},
		{"../", false},
		{"/../", false},
		{"a/../../", false},
		{"C:/../", false},
		{`..\`, false},
	}
	for _, tt := range tests {
		var names []string
		for i := range 4 {
			names = append(names, fmt.Sprintf("%s%s/2024-01-01 12:30:0%d.png", tt.name, []string{"cat", "dog"}[i%2], i))
		}
		for _, file := range []string{namedZip(t, names, nil), namedTar(t, names)} {
			set, err := Open(context.Background(), file, Options{}, nil)
			if !tt.ok {
				if err == nil || !strings.Contains(err.Error(), "its path leads out of the "+filepath.Ext(file)[1:]) {
					t.Errorf("%s of %q: %v, want that it leads out", filepath.Base(file), tt.name, err)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s of %q: %v", filepath.Base(file), tt.name, err)
			} else if info := set.Info(); info.Count != 4 || !slices.Equal(info.Labels, []string{"cat", "dog"}) || len(info.Skipped) > 0 {
				t.Errorf("%s of %q: %d pictures of %q, skipped %v; want 4 of cat and dog", filepath.Base(file), tt.name, info.Count, info.Labels, info.Skipped)
			}
		}
	}
}

// Names that are not in UTF-8 are read from the code page that all of them fit, and never lose or
// mix up a class.
func TestCodePages(t *testing.T) {
	tests := []struct {
		name   string
		folder []string // as bytes
		want   []string
	}{
		{"CP437", []string{"\x8epfel", "\x99l"}, []string{"Äpfel", "Öl"}},
		{"Windows-1252", []string{"\xe9t\xe9", "for\xeat"}, []string{"forêt", "été"}},
		{"Shift-JIS, with a byte that is a backslash", []string{"\x83\x5c\x81\x5b\x83\x58", "\x95\x5c"}, []string{"ソース", "表"}},
		{"GBK", []string{"\xc4\xf1", "\xb9\xb7"}, []string{"狗", "鸟"}},
		{"EUC-KR", []string{"\xb0\xed\xbe\xe7\xc0\xcc\xa4\xa1", "\xb0\xad\xbe\xc6\xc1\xf6\xa4\xa2"}, nil}, // valid in GBK too: two names, whichever
		{"CP866", []string{"\xaa\xae\xe8\xaa\xa0", "\xe1\xae\xa1\xa0\xaa\xa0"}, []string{"кошка", "собака"}},
		{"no letters", []string{"\xb0\xb1", "\xb2\xdb"}, nil},
		{"UTF-8 beside", []string{"Äpfel", "\x99le"}, []string{"Äpfel", "Öle"}},
		{"UTF-8 without saying so", []string{"Äpfel", "Öl"}, []string{"Äpfel", "Öl"}},
	}
	for _, tt := range tests {
		var names []string
		for i := range 6 {
			names = append(names, fmt.Sprintf("%s/%d.png", tt.folder[i%2], i))
		}
		for _, file := range []string{namedZip(t, names, nil), namedTar(t, names)} {
			set, err := Open(context.Background(), file, Options{}, nil)
			if err != nil {
				t.Errorf("%s, %s: %v", tt.name, filepath.Base(file), err)
				continue
			}
			info := set.Info()
			if info.Count != 6 || len(info.Labels) != 2 || tt.want != nil && !slices.Equal(info.Labels, tt.want) {
				t.Errorf("%s, %s: %d pictures of %q, want 6 of %q", tt.name, filepath.Base(file), info.Count, info.Labels, tt.want)
			}
		}
	}
	// Info-ZIP writes the name in UTF-8 beside the other; it counts where it belongs to that.
	for _, right := range []bool{true, false} {
		file := namedZip(t, []string{"\x8epfel/1.png", "\x99l/2.png"}, func(name string) []byte {
			sum := crc32.ChecksumIEEE([]byte(name))
			if !right {
				sum++
			}
			said := strings.Replace("Bäume/"+name[len(name)-5:], "Bäume/2", "Öfen/2", 1)
			extra := binary.LittleEndian.AppendUint16([]byte{0x75, 0x70}, uint16(5+len(said)))
			return append(binary.LittleEndian.AppendUint32(append(extra, 1), sum), said...)
		})
		set, err := Open(context.Background(), file, Options{}, nil)
		datatest.Must(t, err)
		want := map[bool][]string{true: {"Bäume", "Öfen"}, false: {"Äpfel", "Öl"}}[right]
		if got := set.Info().Labels; !slices.Equal(got, want) {
			t.Errorf("labels %q, want %q", got, want)
		}
	}
}

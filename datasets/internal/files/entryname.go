package files

import (
	"archive/zip"
	"encoding/binary"
	"hash/crc32"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// inside returns where an entry of an archive lies, as the programs that unpack archives have it:
// without a drive, a slash at the beginning, empty parts and "."; ".." leads back. It returns false
// for a name that leads out. Colons are letters like others: nothing is unpacked to files of such
// names.
func inside(name string) (string, bool) {
	if len(name) > 2 && name[1] == ':' && name[2] == '/' && isLetter(name[0]) {
		name = name[2:]
	}
	clean := path.Clean(strings.TrimLeft(name, "/"))
	return clean, fsPath(clean)
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// fsPath says whether a clean path stays below where it begins.
func fsPath(clean string) bool {
	return clean != ".." && !strings.HasPrefix(clean, "../") && !strings.HasPrefix(clean, "/") && !strings.Contains(clean, "\x00")
}

// readable returns a name in UTF-8, from the code page that an archive's names are in, with slashes
// between its parts.
func readable(name string, page encoding.Encoding) string {
	if !utf8.ValidString(name) {
		text, err := page.NewDecoder().String(name)
		if err != nil {
			text = strings.ToValidUTF8(name, "_")
		}
		name = text
	}
	return strings.ReplaceAll(name, `\`, "/")
}

// codePages are those that names in a zip or tar may be in, the likeliest first, with the letters
// that make them likely. In the first ones a letter beyond ASCII never stands beside one of ASCII;
// else nearly all bytes would be likely.
var codePages = []struct {
	encoding.Encoding
	apart   bool
	letters []*unicode.RangeTable
}{
	{japanese.ShiftJIS, true, []*unicode.RangeTable{unicode.Hiragana, unicode.Katakana, unicode.Han}},
	{simplifiedchinese.GB18030, true, []*unicode.RangeTable{unicode.Han}},
	{korean.EUCKR, true, []*unicode.RangeTable{unicode.Hangul}},
	{charmap.CodePage866, true, []*unicode.RangeTable{unicode.Cyrillic}},
	{charmap.CodePage437, false, []*unicode.RangeTable{unicode.Latin}},
	{charmap.Windows1252, false, []*unicode.RangeTable{unicode.Latin}},
}

// pageOf returns the code page of the names in an archive that are not in UTF-8: programs of old
// wrote names as their system had them, and did not say how. It is the first page in which all
// names have letters of one script alone beyond ASCII; else that of the first zips, which has a
// character of its own for every byte.
func pageOf(names []string) encoding.Encoding {
	for _, page := range codePages {
		fits := func(name string) bool {
			text, err := page.NewDecoder().String(name)
			return utf8.ValidString(name) || err == nil && likely(text, page.apart, page.letters)
		}
		if !slices.ContainsFunc(names, func(name string) bool { return !fits(name) }) {
			return page.Encoding
		}
	}
	return charmap.CodePage437
}

// likely says whether text has letters of a script alone beyond ASCII, and whether they stand apart
// from those of ASCII.
func likely(text string, apart bool, letters []*unicode.RangeTable) bool {
	before := ' '
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			if apart && unicode.IsLetter(r) && before >= utf8.RuneSelf {
				return false
			}
		case 0xff61 <= r && r <= 0xff9f: // katakana of half the width, which nearly every byte would be
			return false
		case r != 'ー' && !unicode.In(r, letters...):
			return false
		case apart && before < utf8.RuneSelf && unicode.IsLetter(before):
			return false
		}
		before = r
	}
	return true
}

// zipName returns the name of a zip's entry: the one in UTF-8 that Info-ZIP writes beside the
// other, if it is there and stands for it.
func zipName(f *zip.File) string {
	const unicodePath = 0x7075
	for extra := f.Extra; len(extra) >= 4; {
		n := int(binary.LittleEndian.Uint16(extra[2:]))
		if n > len(extra)-4 {
			break
		}
		body := extra[4 : 4+n]
		if binary.LittleEndian.Uint16(extra) == unicodePath && n > 5 && body[0] == 1 && utf8.Valid(body[5:]) &&
			binary.LittleEndian.Uint32(body[1:]) == crc32.ChecksumIEEE([]byte(f.Name)) {
			return string(body[5:])
		}
		extra = extra[4+n:]
	}
	return f.Name
}

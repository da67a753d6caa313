package files

import (
	"bytes"
	"errors"
	"path"
	"slices"
	"strings"

	"ganvas/datasets/internal/dataset"
)

// Why files are no pictures.
var (
	ErrNotPicture = errors.New("not a " + dataset.PictureFormats + " picture")
	ErrEmpty      = errors.New("empty: 0 bytes")
)

// UnreadError names a format that is known by how a file begins, but not read, and says what to do.
type UnreadError struct {
	what, remedy string
	plain        bool   // it is often found among pictures without being meant for one
	packed       []byte // how an archive begins, of which the name may tell more
}

// Error says what the file is and what to do.
func (e *UnreadError) Error() string { return e.what + ", which is not read: " + e.remedy }

// Is says that such a file is no picture, where it may lie among pictures for other reasons.
func (e *UnreadError) Is(target error) bool { return e.plain && target == ErrNotPicture }

// What to do about the kinds of formats.
const (
	asPicture = "export it as PNG"
	asPhoto   = "export it as JPEG or PNG"
	asVideo   = "make a Motion JPEG of it, as with ffmpeg -i in.mp4 -c:v mjpeg out.avi"
	asTable   = "export it as CSV"
	asArray   = "save its pictures as NPY, with numpy.save"
	asPages   = "export its pages as PNG"
	onItsOwn  = "open it on its own, or unpack it here"
)

// unreadFormat is a format that begins with one of several signs at a place; '?' in them stands for
// any byte.
type unreadFormat struct {
	what, remedy string
	at           int
	magic        []string
}

var unreadFormats = []unreadFormat{
	{"an AVIF picture", asPicture, 0, []string{"\x00\x00??ftypavif", "\x00\x00??ftypavis"}},
	{"a HEIC picture", asPhoto, 0, []string{"\x00\x00??ftyphei", "\x00\x00??ftyphev", "\x00\x00??ftypmif1", "\x00\x00??ftypmsf1"}},
	{"a camera's raw picture", asPhoto, 0, []string{"\x00\x00??ftypcrx "}},
	{"a camera's raw picture", asPhoto, 0, []string{"II*\x00????CR", "FUJIFILMCCD-RAW", "IIRO", "IIRS", "MMOR", "IIU\x00", "FOVb", "\x00MRM"}},
	{"a JPEG XL picture", asPicture, 0, []string{"\x00\x00\x00\x0cJXL \r\n\x87\n", "\xff\x0a"}},
	{"a JPEG 2000 picture", asPicture, 0, []string{"\x00\x00\x00\x0cjP  \r\n\x87\n", "\xff\x4f\xff\x51"}},
	{"a JPEG XR picture", asPicture, 0, []string{"II\xbc\x01"}},
	{"a BigTIFF", "save it as TIFF or PNG", 0, []string{"II+\x00", "MM\x00+"}},
	{"a Photoshop picture", asPicture, 0, []string{"8BPS\x00"}},
	{"a GIMP picture", asPicture, 0, []string{"gimp xcf "}},
	{"a picture of OpenEXR", asPicture, 0, []string{"\x76\x2f\x31\x01"}},
	{"a Radiance HDR picture", asPicture, 0, []string{"#?RADIANCE", "#?RGBE"}},
	{"a DDS texture", asPicture, 0, []string{"DDS \x7c"}},
	{"a KTX texture", asPicture, 0, []string{"\xabKTX "}},
	{"a QOI picture", asPicture, 0, []string{"qoif"}},
	{"a picture of Netpbm (PNM)", asPicture, 0, pnmBeginnings()},
	{"an icon", asPicture, 0, append(iconBeginnings(), "icns")},
	{"a FITS picture", asPicture, 0, []string{"SIMPLE  ="}},
	{"a DICOM picture", asPicture, 128, []string{"DICM"}},
	{"a NIfTI volume", asArray, 344, []string{"n+1\x00", "ni1\x00"}},
	{"a NRRD volume", asArray, 0, []string{"NRRD000"}},
	{"an EPS drawing", asPicture, 0, []string{"%!PS", "\xc5\xd0\xd3\xc6"}},
	{"a PDF document", asPages, 0, []string{"%PDF-"}},
	{"a DjVu document", asPages, 0, []string{"AT&TFORM"}},
	{"a MATLAB file", asArray, 0, []string{"MATLAB 5.0 MAT-file", "MATLAB 7.3 MAT-file"}},
	{"an HDF5 file", asArray, 0, []string{"\x89HDF\r\n\x1a\n"}},
	{"an HDF5 file", asArray, 512, []string{"\x89HDF\r\n\x1a\n"}},
	{"a NetCDF file", asArray, 0, []string{"CDF\x01", "CDF\x02", "CDF\x05"}},
	{"a NumPy array", "open it on its own", 0, []string{"\x93NUMPY"}},
	{"a pickle of Python", asArray, 0, []string{"\x80\x02}", "\x80\x02]", "\x80\x02(", "\x80\x02c", "\x80\x02\x8a", "\x80\x03}", "\x80\x03]", "\x80\x03(", "\x80\x03c", "\x80\x04\x95", "\x80\x05\x95"}},
	{"an R data file", asTable, 0, []string{"RDX2\n", "RDX3\n", "RDA2\n", "RDA3\n", "X\n\x00\x00\x00"}},
	{"an SPSS file", asTable, 0, []string{"$FL2@(#)", "$FL3@(#)"}},
	{"a Stata file", asTable, 0, []string{"<stata_dta>"}},
	{"an SQLite database", "export a table of it as CSV", 0, []string{"SQLite format 3\x00"}},
	{"an Arrow (Feather) table", asTable + " or Parquet", 0, []string{"ARROW1", "FEA1"}},
	{"an ORC table", asTable + " or Parquet", 0, []string{"ORC\x08", "ORC\x0a"}},
	{"an Avro table", asTable + " or Parquet", 0, []string{"Obj\x01"}},
	{"an LMDB database", "export its pictures as files", 16, []string{"\xde\xc0\xef\xbe"}},
	{"a Matroska (MKV, WebM) video", asVideo, 0, []string{"\x1a\x45\xdf\xa3"}},
	{"a MOV video", asVideo, 0, []string{"\x00\x00??ftypqt  ", "\x00???moov", "\x00???mdat", "\x00\x00\x00\x08wide"}},
	{"an MP4 video", asVideo, 0, []string{"\x00\x00??ftyp"}},
	{"an FLV video", asVideo, 0, []string{"FLV\x01"}},
	{"a WMV video", asVideo, 0, []string{"\x30\x26\xb2\x75\x8e\x66\xcf\x11"}},
	{"an MPEG video", asVideo, 0, []string{"\x00\x00\x01\xba", "\x00\x00\x01\xb3"}},
	{"an Ogg video or sound", asVideo, 0, []string{"OggS"}},
	{"a sound", "choose pictures, points or a table", 0, []string{"RIFF????WAVE", "fLaC", "ID3\x03", "ID3\x04"}},
}

// pnmBeginnings are those of Netpbm's formats: P1 to P6, P7, and PF and Pf for floating-point
// numbers, each on a line of its own.
func pnmBeginnings() (all []string) {
	for _, kind := range "1234567Ff" {
		all = append(all, "P"+string(kind)+"\n", "P"+string(kind)+"\r\n")
	}
	return all
}

// iconBeginnings are those of Windows' icons and cursors of 1 to 32 sizes; TGA pictures begin as
// ones of none.
func iconBeginnings() (all []string) {
	for n := range byte(32) {
		all = append(all, "\x00\x00\x01\x00"+string([]byte{n + 1, 0}), "\x00\x00\x02\x00"+string([]byte{n + 1, 0}))
	}
	return all
}

// unreadEndings are formats that have no beginning of their own, or one that they share.
var unreadEndings = map[string]*UnreadError{
	".tga":      {what: "a TGA picture", remedy: asPicture},
	".pcx":      {what: "a PCX picture", remedy: asPicture},
	".tfrecord": {what: "a TFRecord", remedy: "write its pictures into files"}, ".tfrecords": {what: "a TFRecord", remedy: "write its pictures into files"},
	".rds": {what: "an R data file", remedy: asTable}, ".rda": {what: "an R data file", remedy: asTable}, ".rdata": {what: "an R data file", remedy: asTable},
	".xls": {what: "an Excel workbook", remedy: "save its sheet as CSV"},
	".dng": {what: "a camera's raw picture (DNG)", remedy: asPhoto}, ".nef": {what: "a camera's raw picture (NEF)", remedy: asPhoto},
	".arw": {what: "a camera's raw picture (ARW)", remedy: asPhoto}, ".pef": {what: "a camera's raw picture (PEF)", remedy: asPhoto},
	".srw": {what: "a camera's raw picture (SRW)", remedy: asPhoto}, ".cr2": {what: "a camera's raw picture (CR2)", remedy: asPhoto},
	".safetensors": {what: "a file of weights (safetensors)", remedy: "give it to ganvas import"},
}

// Unread returns why a file that begins with head is no picture that is read.
func Unread(head []byte) error {
	if e := UnreadOf(head, ""); e != nil {
		return e
	}
	return ErrNotPicture
}

// UnreadOf recognises a format that is known but not read, or returns nil. Endings in a name count
// where nothing else tells.
func UnreadOf(head []byte, name string) *UnreadError {
	for _, f := range unreadFormats {
		for _, m := range f.magic {
			if len(head) > f.at && Matches(head[f.at:], m) {
				return &UnreadError{what: mixed(f.what, head), remedy: f.remedy}
			}
		}
	}
	if e := UnreadText(head); e != nil {
		return e
	}
	if e := unreadEndings[strings.ToLower(path.Ext(name))]; e != nil {
		return e
	}
	return unreadPacked(head, name)
}

// mixed tells AVIF from HEIC, which both may say mif1 first, by the other brands in the box.
func mixed(what string, head []byte) string {
	if box := head[:min(len(head), 64)]; what == "a HEIC picture" && bytes.Contains(box, []byte("avif")) {
		return "an AVIF picture"
	}
	return what
}

// UnreadText recognises formats that are text.
func UnreadText(head []byte) *UnreadError {
	text := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))))
	xml := bytes.HasPrefix(text, []byte("<?xml")) || bytes.HasPrefix(text, []byte("<!--"))
	switch {
	case bytes.HasPrefix(text, []byte("version https://git-lfs")):
		return &UnreadError{what: "a Git LFS pointer", remedy: "fetch the file itself with git lfs pull"}
	case bytes.HasPrefix(text, []byte("<svg")), bytes.HasPrefix(text, []byte("<!doctype svg")), xml && bytes.Contains(text, []byte("<svg")):
		return &UnreadError{what: "an SVG drawing", remedy: asPicture}
	case bytes.HasPrefix(text, []byte("<!doctype html")), bytes.HasPrefix(text, []byte("<html")), xml && bytes.Contains(text, []byte("<html")):
		return &UnreadError{what: "a web page", remedy: "download the file itself", plain: true}
	}
	return nil
}

// unreadPacked recognises archives, which are read only where they are opened themselves. What a
// program packed that packs single files may be a table of labels: it counts where its name
// promises pictures.
func unreadPacked(head []byte, name string) *UnreadError {
	pack := Packing(head)
	known := &UnreadError{what: "a " + pack, remedy: onItsOwn, packed: head}
	switch pack {
	case "":
		return nil
	case "zip":
		names := []string{firstEntry(head)}
		if folder := officeFolders[strings.ToLower(path.Ext(name))]; folder != "" {
			names = append(names, "[Content_Types].xml", folder)
		}
		if e := documentOf(names); e != nil {
			e.packed = head
			return e
		}
	case "compressed":
		known.what, known.remedy = "a packed file", "unpack it first"
		known.plain = !ArchiveName(name) && !PictureName(strings.TrimSuffix(name, path.Ext(name)))
	}
	return known
}

// firstEntry returns the name of a zip's first entry and, where it is short and stored as it is,
// what it says.
func firstEntry(head []byte) string {
	const fixed = 30 // bytes of a local file header before the name
	if len(head) < fixed {
		return ""
	}
	n := int(head[26]) | int(head[27])<<8
	name := string(head[fixed:min(fixed+n, len(head))])
	if rest := head[min(fixed+n, len(head)):]; name == "mimetype" {
		return name + " " + string(rest[:min(64, len(rest))])
	}
	return name
}

// officeFolders are where Office documents keep what they are about, by their endings.
var officeFolders = map[string]string{".xlsx": "xl/", ".docx": "word/", ".pptx": "ppt/"}

// documentOf recognises the zips of programs by the names of their entries, or returns nil.
func documentOf(names []string) *UnreadError {
	has := func(yes func(name string) bool) bool { return slices.ContainsFunc(names, yes) }
	says := func(word string) bool {
		return has(func(n string) bool { return strings.HasPrefix(n, "mimetype") && strings.Contains(n, word) })
	}
	named := func(base string) bool { return has(func(n string) bool { return path.Base(n) == base }) }
	office := named("[Content_Types].xml")
	in := func(folder string) bool {
		return office && has(func(n string) bool { return strings.HasPrefix(n, folder) })
	}
	switch {
	case in("xl/"):
		return &UnreadError{what: "an Excel workbook", remedy: "save its sheet as CSV"}
	case in("word/"):
		return &UnreadError{what: "a Word document", remedy: "export its pictures as files"}
	case in("ppt/"):
		return &UnreadError{what: "a PowerPoint document", remedy: "export its pages as PNG"}
	case says("spreadsheet"):
		return &UnreadError{what: "a spreadsheet of OpenDocument", remedy: "save its sheet as CSV"}
	case says("opendocument"):
		return &UnreadError{what: "an OpenDocument", remedy: "export its pages as PNG"}
	case says("krita"), says("openraster"):
		return &UnreadError{what: "a layered picture (Krita, OpenRaster)", remedy: asPicture}
	case office:
		return &UnreadError{what: "an Office document", remedy: "save a sheet of it as CSV, or its pictures as files"}
	case named("data.pkl"):
		return &UnreadError{what: "a file of PyTorch", remedy: asArray}
	case named("model.weights.h5"):
		return &UnreadError{what: "a model of Keras", remedy: "choose data"}
	}
	return nil
}

// Matches says whether head begins with a sign, in which '?' stands for any byte.
func Matches(head []byte, magic string) bool {
	if len(head) < len(magic) {
		return false
	}
	for i := range len(magic) {
		if magic[i] != '?' && magic[i] != head[i] {
			return false
		}
	}
	return true
}

// NamedUnread is the error of examining a file, with what its name tells besides: raw pictures of
// cameras begin like TIFFs, whose first page is then a small copy.
func NamedUnread(tiff bool, err error, name string) error {
	known := unreadEndings[strings.ToLower(path.Ext(name))]
	var packed *UnreadError
	switch {
	case known != nil && (tiff || err == ErrNotPicture):
		return known
	case errors.As(err, &packed) && packed.packed != nil:
		known = unreadPacked(packed.packed, name)
		known.packed = nil // a piece of a buffer
		return known
	}
	return err
}

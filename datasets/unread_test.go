package datasets

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/datasets/internal/datatest"
)

// zipOf is a zip with empty entries of some names, the first with what it says.
func zipOf(says string, names ...string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i, name := range names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name})
		if err == nil && i == 0 {
			w.Write([]byte(says))
		}
	}
	z.Close()
	return out.Bytes()
}

// A format that is known but not read is named with what to do: the only file that is given, in a
// folder and in an archive.
func TestUnread(t *testing.T) {
	at := func(n int, s string) string { return strings.Repeat("\x01", n) + s }
	tests := []struct{ name, content, want string }{
		{"IMG.HEIC", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "a HEIC picture, which is not read: export it as JPEG or PNG"},
		{"a.jpg", "\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", "a HEIC picture"},
		{"b.jpg", "\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avifmiaf", "an AVIF picture"},
		{"a.avif", "\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1", "an AVIF picture, which is not read: export it as PNG"},
		{"a.cr3", "\x00\x00\x00\x18ftypcrx \x00\x00\x00\x01", "a camera's raw picture"},
		{"a.raf", "FUJIFILMCCD-RAW 0201", "a camera's raw picture"},
		{"a.jxl", "\xff\x0a\x00\x10\xb0\x13", "a JPEG XL picture"},
		{"a.jp2", "\x00\x00\x00\x0cjP  \r\n\x87\n", "a JPEG 2000 picture"},
		{"big.tif", "II+\x00\x08\x00\x00\x00", "a BigTIFF, which is not read: save it as TIFF or PNG"},
		{"a.psd", "8BPS\x00\x01\x00\x00", "a Photoshop picture"},
		{"a.xcf", "gimp xcf v011", "a GIMP picture"},
		{"a.exr", "\x76\x2f\x31\x01\x02\x00", "a picture of OpenEXR"},
		{"a.hdr", "#?RADIANCE\n", "a Radiance HDR picture"},
		{"a.dds", "DDS \x7c\x00\x00\x00", "a DDS texture"},
		{"a.tga", "\x00\x00\x02\x00\x00\x00", "a TGA picture"},
		{"a.ppm", "P6\n640 480\n255\n", "a picture of Netpbm (PNM)"},
		{"a.ico", "\x00\x00\x01\x00\x02\x00\x10\x10", "an icon"},
		{"a.dcm", at(128, "DICM\x02\x00"), "a DICOM picture"},
		{"a.svg", "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\">", "an SVG drawing, which is not read: export it as PNG"},
		{"a.eps", "%!PS-Adobe-3.0 EPSF-3.0", "an EPS drawing"},
		{"a.pdf", "%PDF-1.7\n", "a PDF document, which is not read: export its pages as PNG"},
		{"page.png", "<!DOCTYPE html><html><body>not found", "a web page, which is not read: download the file itself"},
		{"lfs.png", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n", "a Git LFS pointer, which is not read: fetch the file itself with git lfs pull"},
		{"a.mat", "MATLAB 5.0 MAT-file, Platform: GLNXA64", "a MATLAB file"},
		{"a.h5", "\x89HDF\r\n\x1a\n\x00\x00", "an HDF5 file, which is not read: save its pictures as NPY, with numpy.save"},
		{"data_batch_1", "\x80\x02}q\x01(U\x0bbatch_label", "a pickle of Python"},
		{"a.pt", "\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.", "a pickle of Python"},
		{"b.pt", string(zipOf("", "archive/data.pkl", "archive/version")), "a file of PyTorch"},
		{"a.tfrecord", "\x10\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", "a TFRecord"},
		{"a.rda", "RDX3\nX\n", "an R data file, which is not read: export it as CSV"},
		{"a.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook, which is not read: save its sheet as CSV"},
		{"a.xlsx", string(zipOf("", "[Content_Types].xml", "xl/workbook.xml")), "an Excel workbook, which is not read: save its sheet as CSV"},
		{"a.ods", string(zipOf("application/vnd.oasis.opendocument.spreadsheet", "mimetype", "content.xml")), "a spreadsheet of OpenDocument, which is not read: save its sheet as CSV"},
		{"a.docx", string(zipOf("", "[Content_Types].xml", "word/document.xml")), "a Word document"},
		{"a.sqlite", "SQLite format 3\x00", "an SQLite database"},
		{"a.feather", "ARROW1\x00\x00", "an Arrow (Feather) table, which is not read: export it as CSV or Parquet"},
		{"data.mdb", at(16, "\xde\xc0\xef\xbe\x01"), "an LMDB database"},
		{"a.mp4", "\x00\x00\x00\x18ftypisom\x00\x00", "an MP4 video, which is not read: make a Motion JPEG of it"},
		{"a.mov", "\x00\x00\x00\x14ftypqt  \x00\x00", "a MOV video"},
		{"a.webm", "\x1a\x45\xdf\xa3\x9fB\x86\x81", "a Matroska (MKV, WebM) video"},
		{"a.wav", "RIFF\x10\x00\x00\x00WAVEfmt ", "a sound"},
	}
	files := map[string][]byte{"1.png": datatest.Red, "2.png": datatest.Green}
	for _, tt := range tests {
		file := filepath.Join(datatest.Tree(t, map[string][]byte{tt.name: []byte(tt.content)}), tt.name)
		_, err := Open(context.Background(), file, Options{Tables: true}, nil)
		if err == nil || !strings.HasPrefix(err.Error(), "read "+file+": "+tt.want) || strings.Count(err.Error(), tt.want) != 1 {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
		files["x/"+tt.name] = []byte(tt.content)
	}
	dir := datatest.Tree(t, files)
	for _, source := range []string{dir, datatest.Zipped(t, files)} {
		set, err := Open(context.Background(), source, Options{}, nil)
		datatest.Must(t, err)
		info := set.Info()
		if info.Count != 2 || len(info.Skipped) != len(tests) {
			t.Errorf("%s: %d pictures, %d skipped, want 2 and %d", filepath.Base(source), info.Count, len(info.Skipped), len(tests))
		}
		for _, tt := range tests {
			if !slices.ContainsFunc(info.Skipped, func(s Skip) bool {
				return strings.HasSuffix(s.Path, "x/"+tt.name) && strings.HasPrefix(s.Reason, tt.want)
			}) {
				t.Errorf("%s: %s is not skipped as %q", filepath.Base(source), tt.name, tt.want)
			}
		}
	}
}

// What lies beside pictures for other reasons is only counted; what says what to do is not told to
// do something else.
func TestUnreadBesides(t *testing.T) {
	dir := datatest.Tree(t, map[string][]byte{
		"1.png": datatest.Red, "2.png": datatest.Green, "index.html": []byte("<html>"), "README.md": []byte("P1 and P2"), "labels.csv.gz": gzipped("file,label\n"),
		"Thumbs.db": []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "a.zip": zipOf("", "a.txt"), "c.png.gz": gzipped(string(datatest.Red)), "x.npy": datatest.Read(t, "arrays", "nhw-u1.npy"),
	})
	set, err := Open(context.Background(), dir, Options{}, nil)
	datatest.Must(t, err)
	want := []Skip{
		{Path: "pets/a.zip", Reason: "a zip, which is not read: open it on its own, or unpack it here"},
		{Path: "pets/c.png.gz", Reason: "a packed file, which is not read: unpack it first"},
		{Path: "pets/x.npy", Reason: "a NumPy array, which is not read: open it on its own"},
	}
	info := set.Info()
	if !slices.Equal(info.Skipped, want) || !slices.Contains(info.Notes, "4 other files that are no picture, left out") {
		t.Errorf("skipped %v, %q; want %v and 4 others", info.Skipped, info.Notes, want)
	}

	links := datatest.Tree(t, nil)
	datatest.Must(t, os.Symlink(dir, filepath.Join(links, "cat")))
	for source, want := range map[string]string{
		links: "no picture can be read; pets/cat: a symbolic link to " + filepath.ToSlash(dir) + ": not followed: open what it leads to, or put a copy of that here",
		datatest.Tree(t, map[string][]byte{"a.heic": []byte("\x00\x00\x00\x18ftypheic"), "b.heic": []byte("\x00\x00\x00\x18ftypheic")}): "no picture can be read; pets/a.heic: a HEIC picture, which is not read: export it as JPEG or PNG, and 1 more",
	} {
		if _, err := Open(context.Background(), source, Options{}, nil); err == nil || err.Error() != "read "+source+": "+want {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

package files

import (
	"path"
	"slices"
	"strings"
)

// How names of files end. What a file is, its first bytes decide; names say what somebody took it
// for, and decide about text.
var (
	pictureEndings    = []string{".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".dib", ".tif", ".tiff", ".webp"}
	archiveEndings    = []string{".zip", ".tar", ".tgz", ".tbz2", ".txz", ".tzst", ".7z", ".rar"}
	arrayEndings      = []string{".npy", ".npz", ".idx", ".ubyte", ".idx3-ubyte", ".idx1-ubyte", ".bin"}
	TextEndings       = []string{".csv", ".tsv", ".tab", ".txt", ".dat", ".jsonl", ".ndjson", ".json"}
	compressedEndings = []string{".gz", ".zst", ".bz2", ".xz", ".lz4"}
)

// Endings returns how the names of files that can be read usually end, for dialogs that choose
// among files.
func Endings() []string {
	return slices.Concat(pictureEndings, archiveEndings, arrayEndings, TextEndings, compressedEndings, []string{".parquet", ".avi"})
}

// Ending returns the last part of a name, in lower case and without that of a compression.
func Ending(name string) string {
	name = strings.ToLower(path.Base(name))
	ext := path.Ext(name)
	if slices.Contains(compressedEndings, ext) {
		ext = path.Ext(strings.TrimSuffix(name, ext))
	}
	return ext
}

// IsArray says whether a file's name promises arrays, which are made for their size.
func IsArray(file string) bool {
	return slices.Contains(arrayEndings, Ending(file)) || strings.Contains(strings.ToLower(path.Base(file)), "-ubyte")
}

// PictureName says whether a file's name promises a picture.
func PictureName(name string) bool {
	return slices.Contains(pictureEndings, strings.ToLower(path.Ext(name)))
}

// ArchiveName says whether a file's name promises an archive.
func ArchiveName(name string) bool {
	return slices.Contains(archiveEndings, Ending(name))
}

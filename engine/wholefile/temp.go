package wholefile

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// pattern is what temporary files are called. A temporary folder has the name of such a file, which
// its writer holds, and folderSuffix.
const (
	pattern      = ".ganvas-*.part"
	folderSuffix = "-folder"
)

// cleaned are the folders in which this process looked for abandoned files.
var cleaned sync.Map

// RemoveAbandoned removes what programs left in a folder that were killed while they wrote there.
// It looks once into each folder: what this process writes afterwards it removes itself.
func RemoveAbandoned(folder string) {
	if _, done := cleaned.LoadOrStore(folder, true); done {
		return
	}
	all := filepath.Join(globQuote(folder), pattern)
	names, _ := filepath.Glob(all)
	for _, name := range names {
		if info, err := os.Lstat(name); err == nil && info.Mode().IsRegular() {
			removeAbandoned(name)
		}
	}
	folders, _ := filepath.Glob(all + folderSuffix)
	for _, name := range folders {
		if _, err := os.Lstat(strings.TrimSuffix(name, folderSuffix)); errors.Is(err, fs.ErrNotExist) {
			os.RemoveAll(name)
		}
	}
}

// globQuote makes the special characters of a folder's name stand for themselves.
func globQuote(folder string) string {
	if runtime.GOOS == "windows" { // has no quoting, and a folder of such a name is left as it is
		return folder
	}
	var quoted []byte
	for i := range len(folder) {
		switch folder[i] {
		case '*', '?', '[', '\\':
			quoted = append(quoted, '\\')
		}
		quoted = append(quoted, folder[i])
	}
	return string(quoted)
}

// createTemp creates an empty file in a folder that looks to no other process as if it were
// abandoned. Its permissions are those that the user has for new files.
func createTemp(folder string) (*os.File, error) {
	for try := 0; ; try++ {
		name := strings.Replace(pattern, "*", fmt.Sprintf("%08x", rand.Uint32()), 1) // a name, not a result: it need not be the same again
		f, err := os.OpenFile(filepath.Join(folder, name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) && try < 1000 {
			continue
		}
		if err != nil {
			return nil, err
		}
		if hold(f) {
			return f, nil
		}
		f.Close() // another process took it for abandoned in the instant between its creation and its lock
	}
}

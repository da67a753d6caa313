package wholefile

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// createTemp creates an empty file in a folder that looks to no other process as if it were abandoned. Its permissions are
// those that the user has for new files.
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

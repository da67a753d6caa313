package wholefile

import (
	"fmt"
	"os"
)

// FreePath returns base with extension, and with a number between them where needed, so that nothing
// has that name yet.
func FreePath(base, extension string) string {
	for i := 1; ; i++ {
		path := base + extension
		if i > 1 {
			path = fmt.Sprintf("%s %d%s", base, i, extension)
		}
		if _, err := os.Stat(path); err != nil {
			return path
		}
	}
}

// Package results holds the published tables that were run again with this program (ganvas
// reproduce --out docs/reproduce).
package results

import "embed"

// Files are the results, one NAME.json a table.
//
//go:embed *.json
var Files embed.FS

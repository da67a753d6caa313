package memory

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

var units = []string{"B", "kB", "MB", "GB", "TB", "PB", "EB"}

// binary are the units of 1,024.
var binary = []string{"", "KIB", "MIB", "GIB", "TIB"}

// ParseSize reads "500MB", "1.5 GB", "2GiB" or a number of bytes; a kB is 1,000 bytes, a KiB 1,024.
func ParseSize(text string) (int64, error) {
	number, factor := strings.ToUpper(strings.TrimSpace(text)), 1.0
	for i := range units[:5] {
		if rest, ok := strings.CutSuffix(number, binary[i]); ok && i > 0 {
			number, factor = rest, math.Pow(1024, float64(i))
			break
		}
		if rest, ok := strings.CutSuffix(number, strings.ToUpper(units[i])); ok && i > 0 {
			number, factor = rest, math.Pow(1000, float64(i))
			break
		}
	}
	if factor == 1 {
		number = strings.TrimSuffix(number, "B")
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || !(v*factor >= 0 && v*factor < 1<<62) {
		return 0, errors.New("write a size such as 500MB or 20GB, or 0")
	}
	return int64(v * factor), nil
}

// Text writes a number of bytes as "21.5 GB".
func Text[T int64 | float64](bytes T) string {
	v, unit := float64(bytes), 0
	for v >= 999.95 && unit < len(units)-1 {
		v /= 1000
		unit++
	}
	if unit == 0 {
		return fmt.Sprintf("%d B", int64(bytes))
	}
	if v >= 1e6 {
		return fmt.Sprintf("%.1g %s", v, units[unit])
	}
	return fmt.Sprintf("%.1f %s", v, units[unit])
}

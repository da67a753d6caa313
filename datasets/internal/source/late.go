package source

// How many items the built-in pictures have that are unpacked while they are read.
const (
	digitCount     = 60_000
	digitTestCount = 10_000
	digitSide      = 28
	emojiCount     = 3_786
)

// LateBytes reckons the memory that the items of built-in pictures take once all were read, which
// happens while training goes on: those of a size and channels, and what they were unpacked from.
// It is 0 for other data.
func LateBytes(name string, size, channels int) float64 {
	item := float64(size) * float64(size) * float64(channels)
	switch name {
	case "digits": // and those of the test, which the doctor and exams look at
		const n, raw = digitCount + digitTestCount, digitSide * digitSide
		if item == raw {
			return n * raw
		}
		return n * (raw + item)
	case "emoji":
		return emojiCount * item
	}
	return 0
}

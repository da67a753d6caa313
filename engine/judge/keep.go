package judge

import (
	"encoding/json"
	"fmt"
	"math"

	"ganvas/engine/metrics"
)

// Key names judgements that may be compared: those of as many samples, of the averaged generator or of the one that plays. The number
// changes with what is measured and how.
func Key(samples int, ema bool) string {
	return fmt.Sprintf("measures 2 samples=%d ema=%t", samples, ema)
}

// kept is a measure as it is kept; an error that is not known is null.
type kept struct {
	Name           string   `json:"name"`
	Value          float64  `json:"value"`
	HigherIsBetter bool     `json:"higher_is_better"`
	StdErr         *float64 `json:"stderr"`
	Samples        int      `json:"samples"`
	Perfect        float64  `json:"perfect"`
}

// Encode writes measures as text that Decode reads.
func Encode(measures []metrics.Measure) (string, error) {
	list := make([]kept, len(measures))
	for i, m := range measures {
		list[i] = kept{m.Name, m.Value, m.HigherIsBetter, nil, m.Samples, m.Perfect}
		if !math.IsNaN(m.StdErr) {
			list[i].StdErr = &m.StdErr
		}
	}
	b, err := json.Marshal(list)
	return string(b), err
}

// Decode reads what Encode wrote.
func Decode(text string) ([]metrics.Measure, error) {
	var list []kept
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, fmt.Errorf("read what was judged: %w: judge again", err)
	}
	out := make([]metrics.Measure, len(list))
	for i, k := range list {
		out[i] = metrics.Measure{Name: k.Name, Value: k.Value, HigherIsBetter: k.HigherIsBetter, StdErr: math.NaN(), Samples: k.Samples, Perfect: k.Perfect}
		if k.StdErr != nil {
			out[i].StdErr = *k.StdErr
		}
	}
	return out, nil
}

package tensor

import "math"

// LogSumExp returns log Σ exp(x) without overflow; of no values it is −∞.
func LogSumExp(x []float32) float32 {
	most := math.Inf(-1)
	for _, v := range x {
		most = math.Max(most, float64(v))
	}
	if math.IsInf(most, 0) || math.IsNaN(most) {
		return float32(most)
	}
	sum := 0.0
	for _, v := range x {
		sum += math.Exp(float64(v) - most)
	}
	return float32(most + math.Log(sum))
}

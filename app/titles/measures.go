package titles

// measures are the names of numbers for people, with what they mean.
var measures = map[string][2]string{
	"modes":        {"Modes found", "How many of the mixture's modes have a sample within three standard deviations"},
	"high_quality": {"High quality", "Share of samples within three standard deviations of a mode; a perfect sampler of the plane has 98.9 %"},
	"kl_modes":     {"Balance of modes (KL)", "How unevenly the samples are spread over the modes, in nats; 0 is even"},
	"js":           {"Divergence (JS)", "Jensen-Shannon divergence of real and generated points, in nats"},
	"frechet":      {"Fréchet distance", "Distance of Gaussians fitted to features of real and generated pictures; the features are Ganvas' own, so this is no FID"},
	"mmd":          {"Kernel distance", "Squared maximum mean discrepancy in the same features; about 0 for samples like the data"},
	"precision":    {"Precision", "Share of samples that look like some real picture"},
	"recall":       {"Recall", "Share of real pictures that look like some sample: what is missing lowers it"},
	"density":      {"Density", "How deep in the crowd of real pictures samples lie"},
	"coverage":     {"Coverage", "Share of real pictures with a sample in their neighbourhood"},
	"copies":       {"Copies", "Share of samples nearer to a training picture than 99 % of held-out pictures are; about 0.01 where nothing is copied"},
	"similarity":   {"Similarity", "How alike two samples of a class are (structural similarity); above real data, samples vary too little"},
	"best_value":   {"Best D's value", "What the best discriminator, p/(p+q), reaches against these samples; −log 4 = −1.386 where they are like the data"},
	"game_value":   {"Value of the game", "What the discriminator that played reaches; −1.386 where it cannot tell real from generated"},
	"d_gap":        {"D from best D", "Mean distance of the discriminator that played from the best one, both as probabilities"},
	"guess":        {"Which is real?", "How often a person told the real picture of a pair; 0.5 is guessing"},
	"parzen_nats":  {"Parzen log-likelihood", "In nats, as in the first paper on GANs; it says little about what pictures look like"},
}

// Measure is what the window calls a number that says what samples are worth, and what that means.
func Measure(name string) (title, meaning string) {
	if m, ok := measures[name]; ok {
		return m[0], m[1]
	}
	return name, ""
}

package glossary

// others has the words of other ways to make data.
var others = []Word{
	{
		Term: "Variational autoencoder", Also: []string{"VAE", "directed model"},
		Text:    "Two networks: an encoder that says which random numbers could have made an item, and a decoder that makes the item of them. Both are trained together.",
		Formula: "p(x) = ∫ p(x|z) p(z) dz",
		Source:  "Kingma and Welling 2014",
	},
	{
		Term: "ELBO", Also: []string{"evidence lower bound"},
		Text:    "What a variational autoencoder raises: how well items come back, less how far the encoder strays from pure noise. It is never above log p(x).",
		Formula: "E[log p(x|z)] − KL(q(z|x)‖p(z)) ≤ log p(x)",
		Source:  "Kingma and Welling 2014, section 2.2",
	},
	{
		Term: "Importance sampling", Also: []string{"importance bound"},
		Text:    "Tries many latents that the encoder finds likely, and weighs each by how wrong that was. The more are tried, the nearer the bound comes to log p(x).",
		Formula: "log 1/k Σ p(x|z) p(z) / q(z|x)",
		Source:  "Burda et al. 2016, section 3",
	},
	{
		Term: "Inference", Also: []string{"encoder"},
		Text:    "The way back from an item to the random numbers that could have made it.",
		Formula: "q(z|x)",
	},
	{
		Term: "Energy-based model", Also: []string{"energy", "energy model", "undirected model"},
		Text:    "One network that gives each item a number, low for likely ones: a landscape whose valleys are the data. Samples roll down into them.",
		Formula: "p(x) = exp(−E(x)) / Z",
		Source:  "LeCun et al. 2006; Du and Mordatch 2019",
	},
	{
		Term: "Partition function", Also: []string{"log Z", "normalising constant"},
		Text:    "What makes all probabilities add up to 1. In the plane it can be added up cell by cell; for pictures there are far too many cells.",
		Formula: "Z = ∫ exp(−E(x)) dx",
		Source:  "Goodfellow et al. 2014, section 2",
	},
	{
		Term: "Langevin step", Also: []string{"Langevin", "Langevin dynamics"},
		Text:    "A small step down the slope of the energy, and a small step at random. After many of them places are as common as they are likely.",
		Formula: "x ← x − ε²/2·∇E(x) + ε·ξ,  ξ ~ N(0, 1)",
		Source:  "Roberts and Tweedie 1996; Nijkamp et al. 2019",
	},
	{
		Term: "Markov chain", Also: []string{"chain", "MCMC", "mixing"},
		Text:   "Steps by chance, each of which depends on the last place only. Neighbours in it are alike, so that many steps are needed to get anywhere new.",
		Source: "Goodfellow et al. 2014, section 2",
	},
	{
		Term: "Denoising autoencoder", Also: []string{"denoising", "corruption", "DAE"},
		Text:    "A network that learns to take noise off items. Adding noise and taking it off again, in turn, is a chain that wanders among the data.",
		Formula: "x̃ ~ C(x̃|x),  x ~ P(x|x̃)",
		Source:  "Vincent et al. 2008; Bengio et al. 2013, section 3",
	},
}

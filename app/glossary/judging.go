package glossary

// judging has the numbers that say how good a generator is.
var judging = []Word{
	{
		Term: "Energy distance", Also: []string{"distance", "Samples beside real items"},
		Text:    "How unlike generated and real items are, by all pairs of them. 0 where they are alike; on the chart 1 is the mean distance of two real items.",
		Formula: "2E‖x − y‖ − E‖x − x′‖ − E‖y − y′‖",
		Source:  "Székely and Rizzo 2013",
	},
	{
		Term:    "Diversity",
		Text:    "The mean distance of two generated items over that of two real ones. Far below 1 the generator makes the same again and again.",
		Formula: "E‖y − y′‖ / E‖x − x′‖",
	},
	{
		Term: "Missed", Also: []string{"missed modes"},
		Text: "The share of real items in parts of the data to which hardly any generated item comes.",
	},
	{
		Term: "Modes found", Also: []string{"modes", "mode"},
		Text:   "A mode is a place where the data crowd. Counted are those with a sample within three standard deviations.",
		Source: "Metz et al. 2017; Lin et al. 2018, section 4",
	},
	{
		Term: "High quality", Also: []string{"high_quality"},
		Text:   "The share of samples within three standard deviations of a mode.",
		Source: "Srivastava et al. 2017 (VEEGAN)",
	},
	{
		Term: "Kullback-Leibler divergence", Also: []string{"KL", "kl_modes", "Balance of modes (KL)"},
		Text:    "How much one distribution differs from another, in nats. 0 means not at all. The order of the two matters.",
		Formula: "KL(p‖q) = Σ p log(p/q)",
		Source:  "Kullback and Leibler 1951",
	},
	{
		Term: "Jensen-Shannon divergence", Also: []string{"JS", "Divergence (JS)"},
		Text:    "How much two distributions differ from their mean: from 0, the same, to log 2, nowhere the same. The game of 2014 makes it small.",
		Formula: "½ KL(p‖m) + ½ KL(q‖m),  m = (p + q)/2",
		Source:  "Goodfellow et al. 2014, section 4.1, equation 6",
	},
	{
		Term: "Fréchet distance", Also: []string{"FID", "frechet"},
		Text:    "How far apart two bell curves are that fit the features of real and of generated pictures. Smaller is better; only numbers with the same features and sample size can be compared.",
		Formula: "‖μ₁ − μ₂‖² + Tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½)",
		Source:  "Heusel et al. 2017, equation 6 (there in Inception's features)",
	},
	{
		Term: "Kernel distance", Also: []string{"MMD", "KID", "maximum mean discrepancy"},
		Text:    "How unlike the features of real and generated pictures are, by all pairs. About 0 for samples like the data.",
		Formula: "E[k(x, x′)] + E[k(y, y′)] − 2E[k(x, y)]",
		Source:  "Gretton et al. 2012; Bińkowski et al. 2018, section 4",
	},
	{
		Term:   "Precision",
		Text:   "The share of samples that look like some real picture: how good they are.",
		Source: "Kynkäänniemi et al. 2019, section 2",
	},
	{
		Term:   "Recall",
		Text:   "The share of real pictures that look like some sample: how much of the data the generator covers.",
		Source: "Kynkäänniemi et al. 2019, section 2",
	},
	{
		Term:   "Density",
		Text:   "How deep in the crowd of real pictures the samples lie. As precision, but one outlier among the real ones counts less.",
		Source: "Naeem et al. 2020, section 3",
	},
	{
		Term:   "Coverage",
		Text:   "The share of real pictures with a sample in their neighbourhood. As recall, but measured from real pictures, which do not change.",
		Source: "Naeem et al. 2020, section 3",
	},
	{
		Term: "Copies", Also: []string{"Is it copying?", "memorisation", "copying"},
		Text:   "The share of samples that are nearer to a training picture than held-out ones nearly ever are. A generator that learnt by heart has many.",
		Source: "Meehan et al. 2020, section 3, has a test of the same kind",
	},
	{
		Term: "Similarity", Also: []string{"structural similarity", "SSIM", "MS-SSIM"},
		Text:   "How alike two samples of a class are. Above what real ones have, samples vary too little.",
		Source: "Wang et al. 2004; Odena et al. 2017, section 4.2",
	},
	{
		Term: "Parzen log-likelihood", Also: []string{"parzen_nats", "Parzen window"},
		Text:    "How likely held-out items are where a small bell curve lies on each sample. Older papers use it; it says little about what pictures look like.",
		Formula: "mean of log (1/n) Σ N(x; xᵢ, σ²)",
		Source:  "Goodfellow et al. 2014, section 5; against it Theis et al. 2016, section 3",
	},
	{
		Term: "Standard error", Also: []string{"±", "error bar"},
		Text:    "How much a number would change if it were measured again with other samples. Two that differ by less than twice of it may be the same.",
		Formula: "s/√n",
	},
	{
		Term: "Which is real?", Also: []string{"guesses", "human judgement"},
		Text:   "How often a person tells the real picture of a pair. ½ is guessing: as good as it gets.",
		Source: "Denton et al. 2015, section 5.3, asked people too",
	},
}

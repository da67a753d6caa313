# Reads every picture of a folder once, resized, as a training on them would: ImageFolder and a DataLoader of two workers.
import json
import sys
import time

import torch
from torchvision import datasets, transforms

folder, size = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(1)
start = time.perf_counter()
images = datasets.ImageFolder(
    folder,
    transforms.Compose([
        transforms.Resize((size, size), interpolation=transforms.InterpolationMode.BICUBIC, antialias=True),
        transforms.ToTensor(),
    ]),
)
count = 0
for batch, _ in torch.utils.data.DataLoader(images, batch_size=64, num_workers=2):
    count += len(batch)
seconds = time.perf_counter() - start
print(json.dumps({"Items": count, "Seconds": seconds, "PeakMB": 0, "Rate": count / seconds}))

/** A Compose file to start from. */
export const example = `services:
  web:
    image: nginx:1.27
    ports:
      - "8080:80"
    configs:
      - source: page
        target: /usr/share/nginx/html/index.html
    deploy:
      replicas: 2
      resources:
        limits:
          memory: 64M
configs:
  page:
    content: |
      Hello from CloudHero
`;
